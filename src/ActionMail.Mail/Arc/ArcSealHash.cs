using System.Buffers;
using System.Security.Cryptography;
using ActionMail.Mail.Dkim;

namespace ActionMail.Mail.Arc;

/// <summary>What a seal signs: all sets up to its own, relaxed, each in the order results, message signature, seal. RFC 8617 §5.1.1.</summary>
internal static class ArcSealHash
{
    public static byte[] Of(SignedMail mail, IReadOnlyList<ArcFields> sets, int instance)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(mail.HeaderLength + (3 * sets.Count * CanonicalHeader.Growth));
        try
        {
            var length = 0;
            foreach (var set in sets.Take(instance))
            {
                length += Relaxed(set.Results.Raw, buffer.AsSpan(length));
                length += Relaxed(set.Message.Field.Raw, buffer.AsSpan(length));
                length += set.Instance < instance
                    ? Relaxed(set.Seal.Field.Raw, buffer.AsSpan(length))
                    : SignatureCheck.WriteOwn(set.Seal, Canonicalization.Relaxed, buffer.AsSpan(length));
            }
            return SHA256.HashData(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Relaxed(ReadOnlyMemory<byte> field, Span<byte> to) => CanonicalHeader.Write(field.Span, Canonicalization.Relaxed, to);
}
