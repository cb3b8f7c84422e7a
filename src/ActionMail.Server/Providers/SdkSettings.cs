using System.Text.Encodings.Web;
using System.Text.Json;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Tokens;

namespace ActionMail.Server.Providers;

/// <summary>What a service puts into its configuration and its start to take the action requests of a registration, ready to be copied.</summary>
/// <param name="Json">For appsettings.json.</param>
/// <param name="Code">For Program.cs, on the SDK.</param>
internal sealed record SdkSettings(string Json, string Code)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SdkSettings For(string platform, Guid organizationId, string id, RegisteredContent content) =>
        content.TokenProfile == TokenProfile.Entra ? Entra(platform, organizationId.ToString("D"), id, content) : Eat(platform, id, content);

    private static SdkSettings Eat(string platform, string id, RegisteredContent content) => new(
        Write(new
        {
            Platform = platform,
            Issuer = ActionTokenIssuer.EatIssuer(platform),
            Audiences = content.Targets,
            Originator = id,
            content.Senders,
        }),
        CodeWith("TokenIssuer.ActionMail(new Uri(settings[\"Platform\"]!), audiences[0])"));

    private static SdkSettings Entra(string platform, string tenant, string id, RegisteredContent content) => new(
        Write(new
        {
            Platform = platform,
            Issuer = ActionTokenIssuer.EntraIssuer(platform, tenant),
            Tenant = tenant,
            Audiences = new[] { content.AppIdUri, content.AppId }.OfType<string>().Take(1),
            Originator = id,
            content.Senders,
            content.Targets,
        }),
        CodeWith("TokenIssuer.ActionMailEntra(new Uri(settings[\"Platform\"]!), settings[\"Tenant\"]!, audiences[0])"));

    private static string Write(object settings) => JsonSerializer.Serialize(new { ActionableMessages = settings }, Readable);

    private static string CodeWith(string issuer) => $$"""
        var settings = builder.Configuration.GetRequiredSection("ActionableMessages");
        var audiences = settings.GetRequiredSection("Audiences").Get<string[]>()!;

        builder.Services.AddAuthentication(ActionableMessagesDefaults.AuthenticationScheme).AddActionableMessages(scheme =>
        {
            scheme.Issuers.Add({{issuer}} with { Audiences = audiences });
            scheme.Originator = settings["Originator"];
            foreach (var sender in settings.GetRequiredSection("Senders").Get<string[]>()!)
                scheme.ExpectedSenders.Add(sender);
        });
        """;
}
