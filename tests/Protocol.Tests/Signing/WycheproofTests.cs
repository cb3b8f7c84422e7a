using System.Text.Json;
using ActionMail.Protocol.Signing;
using ActionMail.Tests;

namespace ActionMail.Protocol.Tests.Signing;

/// <summary>Project Wycheproof's vectors for JSON web signatures, through the verifier itself.</summary>
public sealed class WycheproofTests
{
    // Vectors that contradict RFC 7515: keys whose algorithm is not the header's, and illegal base64url marked valid.
    private static readonly HashSet<int> Faulty = [346, 350, 347, 351, 372, 373];

    [Fact]
    public void Every_invalid_signature_is_refused_and_every_valid_one_of_ours_accepted()
    {
        using var suite = JsonDocument.Parse(File.ReadAllText(TestData.Path("jose/wycheproof/json_web_signature_test.json")));
        var (valid, invalid) = (0, 0);
        foreach (var group in suite.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = group.TryGetProperty("public", out var jwk) ? PublicKeyText.Stored(jwk.GetRawText()) : new KeyReading.Refused(KeyFault.Kind, "symmetric");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var id = test.GetProperty("tcId").GetInt32();
                var expected = test.GetProperty("result").GetString() == "valid";
                var jws = test.GetProperty("jws").ValueKind == JsonValueKind.String ? test.GetProperty("jws").GetString()! : test.GetProperty("jws").GetRawText();
                var accepted = key is KeyReading.Read(var read) && CompactJws.Parse(jws) is JwsReading.Read(var parsed) && parsed.IsSignedBy(read);
                if (Faulty.Contains(id))
                    continue;
                if (expected && key is KeyReading.Read)
                {
                    Assert.True(accepted, $"tc {id} is valid");
                    valid++;
                }
                else if (!expected)
                {
                    Assert.False(accepted, $"tc {id} is invalid");
                    invalid++;
                }
            }
        }
        Assert.True(valid >= 5, $"only {valid} valid vectors have a key of our kinds");
        Assert.True(invalid > 300, $"only {invalid} invalid vectors were seen");
    }
}
