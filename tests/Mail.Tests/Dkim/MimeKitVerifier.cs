using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace ActionMail.Mail.Tests.Dkim;

/// <summary>Another implementation to differ from. It answers with a bool, knows no <c>x=</c> and takes <c>l=</c> for whole.</summary>
internal static class MimeKitVerifier
{
    public static bool Passes(byte[] mail, string record)
    {
        var message = MimeMessage.Load(new MemoryStream(mail));
        var header = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
        return new DkimVerifier(new OneKey(record)).Verify(message, header);
    }

    private sealed class OneKey(string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => GetPublicKey(record);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(GetPublicKey(record));
    }
}
