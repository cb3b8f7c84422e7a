using System.Security.Cryptography;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using OwnSigner = ActionMail.Mail.Dkim.DkimSigner;

namespace ActionMail.Bench.Pure;

/// <summary>Verifying one RSA-2048 relaxed/relaxed signature from the raw bytes, the key known, on one thread.</summary>
internal static class DkimSuite
{
    private static readonly DnsQuestion KeyQuestion = new(Name("bench._domainkey.contoso.test"), DnsRecordType.Txt);

    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        using var rsa = RSA.Create(2048);
        if (!DkimSigningKey.TryReadPem(rsa.ExportPkcs8PrivateKeyPem(), out var key, out var problem))
            throw new InvalidOperationException(problem);
        using (key)
        {
            await OpenDkim.BuildAsync(cancel);
            return
            [
                await CompareAsync("DKIM of a mail of 5 KB", Signed(5 * 1024, key), key.Record, rsa, settings, cancel),
                await CompareAsync("DKIM of a mail of 60 KB", Signed(60 * 1024, key), key.Record, rsa, settings, cancel),
            ];
        }
    }

    private static async Task<Comparison> CompareAsync(string title, byte[] mail, string record, RSA rsa, Settings settings, CancellationToken cancel)
    {
        var (answers, keys, now) = (new DnsAnswers(), new DkimKeyCache(), TimeProvider.System.GetUtcNow());
        answers.Add(KeyQuestion, new DnsAnswer.Found([new DnsRecord.Text(record)]));
        var mimeKit = new DkimVerifier(new OneKey(record));
        var cut = mail.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        var signature = rsa.SignData(mail.AsSpan(0, cut), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        await CompileAsync(() => Passes(mail, answers, now, keys) && Passes(mail, mimeKit), cancel);
        return await Rounds.RunAsync(title, "times/s", settings,
            [
                new("libopendkim", inner => OpenDkim.RateAsync(mail, record, settings.PureSeconds, inner)),
                PureSuite.Contender("DkimEvaluation", settings, () => Passes(mail, answers, now, keys) ? 1 : 0),
                PureSuite.Contender("MimeKit's DkimVerifier", settings, () => Passes(mail, mimeKit) ? 1 : 0),
                PureSuite.Contender("bound: RSA verification, SHA-256 of header and body", settings, () =>
                    SHA256.HashData(mail.AsSpan(cut)).Length + (rsa.VerifyData(mail.AsSpan(0, cut), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? 1 : 0)),
            ], cancel);
    }

    // The runtime compiles in the background what is called often, and on a busy machine not within the first round.
    private static async Task CompileAsync(Func<bool> verify, CancellationToken cancel)
    {
        for (var pass = 0; pass < 4; pass++)
        {
            for (var i = 0; i < 100; i++)
                _ = verify() ? 0 : throw new InvalidOperationException("The mail does not verify.");
            await Task.Delay(500, cancel);
        }
    }

    private static bool Passes(byte[] mail, DnsAnswers answers, DateTimeOffset now, DkimKeyCache keys) =>
        DkimEvaluation.Next(SignedMail.Read(mail), answers, now, keys) is DnsStep<System.Collections.Immutable.ImmutableArray<DkimResult>>.Done([{ Result: DkimResultWord.Pass }]);

    private static bool Passes(byte[] mail, DkimVerifier verifier)
    {
        var message = MimeMessage.Load(new MemoryStream(mail));
        return verifier.Verify(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)]);
    }

    private static byte[] Signed(int length, DkimSigningKey key)
    {
        var mail = PureSuite.MailOf(length);
        var how = new DkimSigning { Domain = "contoso.test", Selector = "bench", SignedAt = TimeProvider.System.GetUtcNow() };
        return OwnSigner.Sign(mail, how, key) is DkimSigningResult.Signed(var field)
            ? [.. field.Span, .. mail]
            : throw new InvalidOperationException("The mail was not signed.");
    }

    private static DomainName Name(string text) => DomainName.TryParse(text, out var name) ? name : throw new InvalidOperationException(text);

    private sealed class OneKey(string record) : DkimPublicKeyLocatorBase
    {
        private readonly AsymmetricKeyParameter _key = GetPublicKey(record);

        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => _key;

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(_key);
    }
}
