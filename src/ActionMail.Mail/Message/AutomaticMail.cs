using System.Text;

namespace ActionMail.Mail.Message;

/// <summary>The fields by which a program says that nobody wrote its mail. RFC 3834 §2 and §5, RFC 2919 for lists; Precedence is older than any of them.</summary>
internal static class AutomaticMail
{
    private static readonly string[] QuietPrecedence = ["bulk", "list", "junk"];

    public static bool IsSaidBy(HeaderBlock header) => header.Fields.Any(IsMark);

    private static bool IsMark(HeaderField field) =>
        IsNamed(field, "List-Id"u8)
        || (IsNamed(field, "Auto-Submitted"u8) && !Ascii.EqualsIgnoreCase(field.Value, "no"u8))
        || (IsNamed(field, "Precedence"u8) && QuietPrecedence.Contains(Encoding.Latin1.GetString(field.Value), StringComparer.OrdinalIgnoreCase));

    private static bool IsNamed(HeaderField field, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(field.WrittenName, name);
}
