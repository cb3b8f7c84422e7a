using System.Security.Cryptography;
using System.Text;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Providers.Submissions;

/// <summary>A submission with every section filled in, which is valid in each scope, and what it is read against.</summary>
internal static class GoldenSubmission
{
    public const string Application = "6a1c8b52-0d3e-4f7a-9b21-5c4d3e2f1a09";

    /// <summary>A key in which no weaknesses are looked for: they are tested elsewhere, and each look costs more than all else here.</summary>
    public static PublicKey EcKey { get; } = ((KeyReading.Read)PublicKeyText.Read(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfoPem())).Key;

    /// <summary>Stands for the decoder of images: bytes that begin with "bad" are none.</summary>
    public static SubmissionContext Context { get; } = new(O1, UrlPolicy.HttpsOnly, (purpose, bytes) => bytes.AsSpan().StartsWith("bad"u8)
        ? new ImageReading.Refused("it is no PNG")
        : new ImageReading.Read(new($"{purpose}-{Encoding.ASCII.GetString(bytes)}", bytes, 1, 1)));

    public static ProviderSubmission Submission { get; } = new()
    {
        Name = "Contoso Approvals",
        Logo = new() { Bytes = "l"u8.ToArray() },
        Senders = ["actions@contoso.test"],
        Targets = ["https://api.contoso.test"],
        Keys = [EcKey.Jwk],
        Scope = ProviderScope.Global,
        TestUsers = ["alice@t1.test"],
        TokenProfile = TokenProfile.Entra,
        AppId = Application,
        Contact = new() { Name = "Lynne Robbins", Email = "lynne@contoso.test", Phone = "+44 20 7946 0123" },
        Publisher = new()
        {
            Name = "Contoso Ltd",
            Website = "https://contoso.test",
            Support = "help@contoso.test",
            Privacy = "https://contoso.test/privacy",
            Terms = "https://contoso.test/terms",
        },
        Scenario = new()
        {
            Description = "Expense reports that wait for approval.",
            DailyVolume = "400",
            SampleCard = GoldenCard,
            Screenshot = new() { Bytes = "s"u8.ToArray() },
        },
        Verification = new() { Steps = "1. Press Approve.\r\n2. See the new card." },
    };

    public static SubmissionReading.Valid Valid(ProviderSubmission submission, SubmissionContext? context = null) =>
        SubmissionRules.Read(submission, context ?? Context) switch
        {
            SubmissionReading.Valid valid => valid,
            SubmissionReading.Invalid(var errors) => throw new InvalidOperationException(string.Join("\n", errors)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static SubmissionReading.Invalid Invalid(ProviderSubmission submission, SubmissionContext? context = null) =>
        Assert.IsType<SubmissionReading.Invalid>(SubmissionRules.Read(submission, context ?? Context));
}
