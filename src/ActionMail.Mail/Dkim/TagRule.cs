using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>
/// One tag: in which fields it means something, in which it must be there, and how its value is read. False from <paramref name="Take"/> is
/// <see cref="Fault"/>; what was taken up to there stays, for the evidence.
/// </summary>
internal sealed record TagRule(string Tag, SignatureKind In, SignatureKind Required, Func<ReadOnlyMemory<byte>, SignatureField, bool> Take)
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(Tag);

    public DkimFault Fault { get; init; } = DkimFault.MalformedSignature;

    public DkimFinding? Judge(TagList tags, SignatureKind kind, SignatureField into)
    {
        if (!tags.TryGet(_name, out var value))
            return (Required & kind) == 0 ? null : new(DkimFault.MalformedSignature, $"{Tag}= is missing");
        return Take(value, into) ? null : new(Fault, $"{Tag}={Shown(value.Span)} is not usable");
    }

    private static string Shown(ReadOnlySpan<byte> value) => FieldText.Clean(Encoding.ASCII.GetString(value[..Math.Min(value.Length, 60)]));
}
