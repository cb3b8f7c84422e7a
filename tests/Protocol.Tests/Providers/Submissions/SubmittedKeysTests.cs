using System.Text;
using ActionMail.Protocol.Providers.Submissions;
using static ActionMail.Protocol.Tests.Fixtures;
using static ActionMail.Protocol.Tests.Providers.Submissions.GoldenSubmission;

namespace ActionMail.Protocol.Tests.Providers.Submissions;

/// <summary>Security J-01: a private key is neither kept nor shown again; a file of a key becomes an entry of the list.</summary>
public sealed class SubmittedKeysTests
{
    [Fact]
    public void A_draft_keeps_what_is_public_or_nonsense_and_nothing_private()
    {
        string[] kept = [Key(K1).Jwk, Key(K1).RsaKeyValue!, K1.ExportSubjectPublicKeyInfoPem(), "half a ke", ""];
        string[] secrets = [K1.ToXmlString(true), K1.ExportPkcs8PrivateKeyPem(), K1.ExportRSAPrivateKeyPem()[..200], """{"kty":"EC","d": "AA"}""", "PuTTY-User-Key-File-3: ssh-rsa"];

        Assert.Equal(kept, SubmittedKeys.WithoutPrivate(Submission with { Keys = [.. secrets, .. kept] }).Keys!.Value);
        Assert.Null(SubmittedKeys.WithoutPrivate(Submission with { Keys = null }).Keys);
    }

    [Fact]
    public void A_file_becomes_the_entry_or_its_error()
    {
        Assert.Equal(Key(K1).Jwk, Assert.IsType<KeyFileReading.Read>(SubmittedKeys.OfFile(K1.ExportSubjectPublicKeyInfo())).Jwk);

        var error = Assert.IsType<KeyFileReading.Refused>(SubmittedKeys.OfFile(Encoding.ASCII.GetBytes(K1.ExportPkcs8PrivateKeyPem()))).Error;

        Assert.Equal(("keys", "key_rejected:private_key"), (error.Field, error.Code));
    }
}
