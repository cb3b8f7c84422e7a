using System.Numerics;
using System.Runtime.Intrinsics;

namespace ActionMail.Mail.Dkim;

/// <summary>The hash of a body in its canonical form, computed from the bytes as received. RFC 6376 §3.4.3 and §3.4.4.</summary>
internal static class CanonicalBody
{
    /// <summary>The SHA-256 hash, and how many octets the whole canonical body has.</summary>
    /// <param name="body">Everything behind the empty line.</param>
    /// <param name="form">How it is canonicalized.</param>
    /// <param name="limit">How many octets of the canonical form are hashed (<c>l=</c>); null for all.</param>
    public static (byte[] Hash, long Length) Hash(ReadOnlySpan<byte> body, Canonicalization form, long? limit)
    {
        var digest = new BodyDigest(stackalloc byte[BodyDigest.BufferSize], limit ?? long.MaxValue);
        if (form == Canonicalization.Simple)
            digest.AppendWhole(WithoutEmptyLines(body));
        else
            Relax(WithoutBlankLines(body), ref digest);
        // Simple makes an empty body one line end, relaxed leaves it empty.
        if (form == Canonicalization.Simple || digest.Length > 0)
            digest.Append("\r\n"u8);
        return (digest.Finish(), digest.Length);
    }

    private static ReadOnlySpan<byte> WithoutEmptyLines(ReadOnlySpan<byte> body)
    {
        while (body.EndsWith("\r\n"u8))
            body = body[..^2];
        return body;
    }

    private static ReadOnlySpan<byte> WithoutBlankLines(ReadOnlySpan<byte> body)
    {
        body = body.TrimEnd(" \t"u8);
        while (body.EndsWith("\r\n"u8))
            body = body[..^2].TrimEnd(" \t"u8);
        return body;
    }

    private static void Relax(ReadOnlySpan<byte> body, ref BodyDigest digest)
    {
        while (true)
        {
            var same = UntouchedLength(body);
            digest.Append(body[..same]);
            if (same == body.Length)
                return;
            body = body[same..];
            body = body[BlankLength(body)..];
            if (!body.StartsWith("\r\n"u8))
                digest.Append(" "u8);
        }
    }

    /// <summary>
    /// How many bytes stay as they are: up to a tab, or to a space with white space or a line end behind it. Most of a mail has neither, so
    /// 32 places are looked at together, each beside its neighbour.
    /// </summary>
    private static int UntouchedLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        var (space, tab, cr) = (Vector256.Create((byte)' '), Vector256.Create((byte)'\t'), Vector256.Create((byte)'\r'));
        for (; at + Vector256<byte>.Count < text.Length; at += Vector256<byte>.Count)
        {
            var here = Vector256.Create(text[at..]);
            var next = Vector256.Create(text[(at + 1)..]);
            var blankOrEndBehind = Vector256.Equals(next, space) | Vector256.Equals(next, tab) | Vector256.Equals(next, cr);
            var touched = Vector256.Equals(here, tab) | (Vector256.Equals(here, space) & blankOrEndBehind);
            if (touched != Vector256<byte>.Zero)
                return at + BitOperations.TrailingZeroCount(touched.ExtractMostSignificantBits());
        }
        while (at < text.Length && !IsTouched(text[at..]))
            at++;
        return at;
    }

    private static bool IsTouched(ReadOnlySpan<byte> text) =>
        text[0] == '\t' || text is [(byte)' ', (byte)' ' or (byte)'\t' or (byte)'\r', ..];

    private static int BlankLength(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t"u8) is >= 0 and var length ? length : text.Length;
}
