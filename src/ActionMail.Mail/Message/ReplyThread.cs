using System.Collections.Immutable;
using System.Text;

namespace ActionMail.Mail.Message;

/// <summary>
/// How a reply names what it answers: <paramref name="InReplyTo"/> is null and <paramref name="References"/> empty where the answered mail has no Message-ID
/// that can be named. Each id has its angle brackets. RFC 5322 §3.6.4.
/// </summary>
public sealed record ReplyThread(string? InReplyTo, ImmutableArray<string> References)
{
    // RFC 5537 §3.4.4 lets the middle of a long list be left out: the first says which thread, the last where in it.
    private const int MaxReferences = 20;

    // RFC 5322 §2.1.1: a line has at most 998 characters, and an id cannot be folded.
    private const int MaxIdBytes = 250;

    /// <summary>What a reply to <paramref name="mail"/> has in its In-Reply-To and References fields; at most 20 references, the oldest one kept.</summary>
    public static ReplyThread To(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.MessageId is not { Length: <= MaxIdBytes } parent)
            return new(null, []);
        return new(parent, [.. Shortened(Ancestors(mail)), parent]);
    }

    // Without References, an In-Reply-To of one id stands for them; of several, nobody knows which.
    private static ImmutableArray<string> Ancestors(MailMessage mail)
    {
        if (Field(mail, "References"u8) is { } references)
            return IdsIn(references.Value);
        return Field(mail, "In-Reply-To"u8) is { } answered && IdsIn(answered.Value) is [var only] ? [only] : [];
    }

    private static IEnumerable<string> Shortened(ImmutableArray<string> ancestors) =>
        ancestors.Length < MaxReferences ? ancestors : ancestors.Take(1).Concat(ancestors.TakeLast(MaxReferences - 2));

    private static HeaderField? Field(MailMessage mail, ReadOnlySpan<byte> name)
    {
        foreach (var field in mail.Header.Fields)
        {
            if (field.IsWellFormed && Ascii.EqualsIgnoreCase(field.WrittenName, name))
                return field;
        }
        return null;
    }

    private static ImmutableArray<string> IdsIn(ReadOnlySpan<byte> text)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        for (var open = text.IndexOf((byte)'<'); open >= 0; open = text.IndexOf((byte)'<'))
        {
            text = text[open..];
            var end = text[1..].IndexOfAny("<> \t\r\n"u8) + 1;
            if (end > 1 && end < MaxIdBytes && text[end] == '>' && !text[..end].ContainsAnyExceptInRange((byte)'!', (byte)'~'))
                ids.Add(Encoding.ASCII.GetString(text[..(end + 1)]));
            text = text[1..];
        }
        return ids.ToImmutable();
    }
}
