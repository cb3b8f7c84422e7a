using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Tests;

/// <summary>The fixtures of the security specification §0.1: provider P1 with key K1, alice, and the golden card.</summary>
internal static class Fixtures
{
    public const string O1 = "11111111-1111-4111-8111-111111111111";
    public const string O2 = "22222222-2222-4222-8222-222222222222";
    public static readonly Guid T1 = Guid.Parse("a0000000-0000-4000-8000-000000000001");
    public static readonly Guid T2 = Guid.Parse("a0000000-0000-4000-8000-000000000002");
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly EmailAddress Sender = EmailAddress.Parse("actions@contoso.test");
    public static readonly EmailAddress Alice = EmailAddress.Parse("alice@t1.test");
    public static readonly EmailAddress Bob = EmailAddress.Parse("bob@t1.test");
    public static readonly RSA K1 = RSA.Create(2048);
    public static readonly RSA K2 = RSA.Create(2048);

    public const string GoldenCard = """
        {"type":"AdaptiveCard","version":"1.0","originator":"11111111-1111-4111-8111-111111111111",
         "body":[{"type":"TextBlock","text":"Please approve"},{"type":"Input.Text","id":"comment","maxLength":20}],
         "actions":[{"type":"Action.Http","title":"Approve","method":"POST","url":"https://api.contoso.test/approve","body":"{\"c\":\"{{comment.value}}\"}"}]}
        """;

    public static ProviderRegistration P1 { get; } = Provider(O1, "Contoso Approvals", "actions@contoso.test", "https://api.contoso.test", K1);

    public static ProviderRegistration P2 { get; } = Provider(O2, "Attacker", "bot@attacker.test", "https://hook.attacker.test", K2);

    public static ProviderRegistration Provider(string id, string name, string sender, string target, RSA key) =>
        new(id, name, T1, ProviderState.Approved, 1, ProviderScope.Organization)
        {
            Senders = [EmailAddress.Parse(sender)],
            Targets = [Target(target)],
            Keys = [Key(key)],
        };

    public static TargetUrl Target(string text) => TargetUrl.TryParse(text, UrlPolicy.HttpsOnly, out var target, out var why) ? target : throw new FormatException(why);

    public static PublicKey Key(RSA rsa) => ((KeyReading.Read)PublicKeyText.Read(rsa.ExportSubjectPublicKeyInfoPem())).Key;

    public static ProviderRegistration? Find(string id) => id switch { O1 => P1, O2 => P2, _ => null };

    public static Recipient Owner(params EmailAddress[] addresses) => new(T1, [.. addresses], _ => false);

    public static Card Card(string json) => Assert.IsType<CardReading.Read>(Protocol.Cards.Card.Read(json, CardLimits.Default)).Card;

    /// <summary>The golden claims, each of which a test may change.</summary>
    public static Dictionary<string, object?> Claims(string card = GoldenCard) => new()
    {
        ["originator"] = O1,
        ["sender"] = "actions@contoso.test",
        ["recipientsSerialized"] = """["alice@t1.test","carol@t2.test"]""",
        ["adaptiveCardSerialized"] = card,
        ["iat"] = Noon.ToUnixTimeSeconds(),
    };

    public static string Sign(object claims, RSA? key = null, string header = """{"alg":"RS256","typ":"JWT"}""") =>
        SignRaw(header, claims as string ?? JsonSerializer.Serialize(claims), key ?? K1);

    public static string SignRaw(string header, string payload, RSA key)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The golden mail with a signed card to alice.</summary>
    public static CardQuestion Question(CarriedCard carried) =>
        new(new() { From = Sender, VisibleRecipients = [Alice] }, carried, Owner(Alice), Noon) { FindProvider = Find };

    public static CarriedCard.Signed Signed(string jws) => new(CardKind.AdaptiveCard, CarriageForm.Microdata, jws);
}
