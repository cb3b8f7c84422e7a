using System.Security.Cryptography;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Security J-01: what is typed into the form is kept, but for a private key.</summary>
public sealed class DraftFieldsTests
{
    [Fact]
    public void A_draft_keeps_a_public_key_and_no_private_one()
    {
        using var pair = RSA.Create(2048);
        var secret = Convert.ToBase64String(pair.ExportPkcs8PrivateKey());

        var written = DraftFields.Write(new() { Name = "Lun", Keys = ["half a ke", pair.ExportPkcs8PrivateKeyPem(), secret[..8]] });

        Assert.DoesNotContain(secret[100..140], written.ReplaceLineEndings("").Replace("\\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(("Lun", "half a ke"), (DraftFields.Read(written).Name, DraftFields.Read(written).Keys!.Value[0]));
    }
}
