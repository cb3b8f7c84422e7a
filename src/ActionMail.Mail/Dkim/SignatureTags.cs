using System.Buffers;
using System.Text;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>What each tag of a signature must look like, and what becomes of it.</summary>
internal static class SignatureTags
{
    /// <summary>More names than any header has fields (<see cref="MessageLimits.MaxFields"/>), over-signing included.</summary>
    private const int MaxSignedNames = 1_000;

    private const SignatureKind Message = SignatureKind.Dkim | SignatureKind.ArcMessage;
    private const SignatureKind Arc = SignatureKind.ArcMessage | SignatureKind.ArcSeal;
    private const SignatureKind Every = Message | SignatureKind.ArcSeal;

    // RFC 5322 §2.2: a field name is visible ASCII without a colon; a semicolon would end the tag.
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(b => (byte)b).Except(":;"u8.ToArray())]);

    // RFC 6376 §3.5, RFC 8617 §4.1.2 and §4.1.3. Tags that are not here are passed over, as those RFCs want it.
    // The domain and the selector come first: a result names them even where another tag is wrong.
    public static readonly TagRule[] Rules =
    [
        new("d", In: Every, Required: Every, TakeDomain),
        new("s", In: Every, Required: Every, TakeSelector),
        new("v", In: SignatureKind.Dkim, Required: SignatureKind.Dkim, (value, _) => value.Span.SequenceEqual("1"u8)),
        new("i", In: Arc, Required: Arc, TakeInstance),
        new("a", In: Every, Required: Every, TakeAlgorithm) { Fault = DkimFault.UnusableAlgorithm },
        new("b", In: Every, Required: Every, TakeSignature),
        new("bh", In: Message, Required: Message, TakeBodyHash),
        new("c", In: Message, Required: 0, TakeCanonicalization),
        new("q", In: Message, Required: 0, (value, _) => TagValue.Lists(value.Span, "dns/txt"u8)),
        new("h", In: SignatureKind.Dkim, Required: SignatureKind.Dkim, TakeSignedNames),
        new("h", In: SignatureKind.ArcMessage, Required: SignatureKind.ArcMessage, TakeSignedNamesOfArc),
        new("h", In: SignatureKind.ArcSeal, Required: 0, (_, _) => false),
        new("l", In: Message, Required: 0, TakeBodyLength),
        new("t", In: Every, Required: 0, TakeTime),
        new("x", In: Message, Required: 0, TakeExpiry),
        new("i", In: SignatureKind.Dkim, Required: 0, TakeIdentity),
        new("cv", In: SignatureKind.ArcSeal, Required: SignatureKind.ArcSeal, TakeChainWord),
    ];

    private static bool TakeDomain(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryDomain(value.Span, out var domain);
        into.Domain = domain;
        return right;
    }

    private static bool TakeSelector(ReadOnlyMemory<byte> value, SignatureField into)
    {
        if (!TagValue.TrySelector(value.Span, out var selector) || !DomainName.TryParse($"{selector}._domainkey.{into.Domain}", out var name))
            return false;
        (into.Selector, into.KeyName) = (selector, name);
        return true;
    }

    private static bool TakeInstance(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryNumber(value.Span, 2, out var instance) && instance > 0;
        into.Instance = (int)instance;
        return right;
    }

    private static bool TakeAlgorithm(ReadOnlyMemory<byte> value, SignatureField into)
    {
        into.AlgorithmText = Encoding.ASCII.GetString(value.Span);
        into.Algorithm = into.AlgorithmText == "ed25519-sha256" ? DkimAlgorithm.Ed25519Sha256 : DkimAlgorithm.RsaSha256;
        return into.AlgorithmText is "rsa-sha256" or "ed25519-sha256";
    }

    private static bool TakeSignature(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryBase64(value.Span, out var bytes);
        into.Signature = bytes;
        return right;
    }

    private static bool TakeBodyHash(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryBase64(value.Span, out var bytes);
        into.BodyHash = bytes;
        return right;
    }

    private static bool TakeCanonicalization(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var slash = value.Span.IndexOf((byte)'/');
        var header = slash < 0 ? value.Span : value.Span[..slash];
        // RFC 6376 §3.5: one word alone is for the header, and the body is simple then.
        var body = slash < 0 ? "simple"u8 : value.Span[(slash + 1)..];
        if (!TryForm(header, out var headerForm) || !TryForm(body, out var bodyForm))
            return false;
        (into.HeaderForm, into.BodyForm) = (headerForm, bodyForm);
        return true;
    }

    private static bool TryForm(ReadOnlySpan<byte> word, out Canonicalization form)
    {
        form = word.SequenceEqual("relaxed"u8) ? Canonicalization.Relaxed : Canonicalization.Simple;
        return form == Canonicalization.Relaxed || word.SequenceEqual("simple"u8);
    }

    private static bool TakeSignedNames(ReadOnlyMemory<byte> value, SignatureField into) =>
        TryNames(value, blanksPass: false, into);

    // Chains with an empty name in h= are about, and the draft's suite wants them to pass. A seal must not be signed (RFC 8617 §4.1.2).
    private static bool TakeSignedNamesOfArc(ReadOnlyMemory<byte> value, SignatureField into) =>
        TryNames(value, blanksPass: true, into) && !into.SignedNames.Any(name => Ascii.EqualsIgnoreCase(name.Span, "arc-seal"u8));

    private static bool TryNames(ReadOnlyMemory<byte> value, bool blanksPass, SignatureField into)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        foreach (var range in value.Span.Split((byte)':'))
        {
            var name = TagList.Trim(value[range]);
            if (name.Span.ContainsAnyExcept(NameBytes) || (name.IsEmpty && !blanksPass) || names.Count == MaxSignedNames)
                return false;
            names.Add(name);
        }
        into.SignedNames = names;
        return true;
    }

    private static bool TakeBodyLength(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryNumber(value.Span, 76, out var length);
        into.BodyLength = length;
        return right;
    }

    private static bool TakeTime(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryNumber(value.Span, 12, out var time);
        into.SignedAt = time;
        return right;
    }

    // RFC 6376 §3.5: it must be later than the time of signing.
    private static bool TakeExpiry(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var right = TagValue.TryNumber(value.Span, 12, out var time) && !(into.SignedAt >= time);
        into.ExpiresAt = time;
        return right;
    }

    // The local part is whatever the signer wants; it is shown, and nothing is decided by it.
    private static bool TakeIdentity(ReadOnlyMemory<byte> value, SignatureField into)
    {
        var at = value.Span.LastIndexOf((byte)'@');
        if (at < 0 || !TagValue.TryDomain(value.Span[(at + 1)..], out var domain))
            return false;
        (into.Identity, into.IdentityDomain) = (Encoding.ASCII.GetString(value.Span), domain);
        return true;
    }

    private static bool TakeChainWord(ReadOnlyMemory<byte> value, SignatureField into)
    {
        ArcChainWord? word =
            value.Span.SequenceEqual("none"u8) ? ArcChainWord.None
            : value.Span.SequenceEqual("pass"u8) ? ArcChainWord.Pass
            : value.Span.SequenceEqual("fail"u8) ? ArcChainWord.Fail
            : null;
        into.ChainWord = word ?? ArcChainWord.Fail;
        return word is not null;
    }
}
