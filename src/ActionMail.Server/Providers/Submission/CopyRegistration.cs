using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>
/// A registration copied into a draft of a new provider: as it is, for another scope or another service; or with Entra tokens in the place of the legacy ones, and the
/// Entra section to fill in. The images go along, since they are kept by provider.
/// </summary>
internal sealed class CopyRegistration(Drafts drafts, IDbContextFactory<ActionMailDb> contexts)
{
    public async Task<DraftResult> CloneAsync(Person author, RegistrationView original, CancellationToken cancel) =>
        await drafts.BeginAsync(author, await FieldsOfAsync(original, cancel), cancel);

    /// <summary>dashboard.md "Migrate to Entra". The caller has seen that it uses legacy tokens.</summary>
    public async Task<DraftResult> MigrateAsync(Person author, RegistrationView original, CancellationToken cancel) =>
        await drafts.BeginAsync(author, await FieldsOfAsync(original, cancel) with { TokenProfile = TokenProfile.Entra, AppId = null }, cancel);

    private async Task<ProviderSubmission> FieldsOfAsync(RegistrationView original, CancellationToken cancel)
    {
        var fields = RegisteredContent.FromJson(original.Newest.Content).ToSubmission();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var images = await db.ProviderImages.AsNoTracking()
            .Where(image => image.OrganizationId == original.Row.OrganizationId && image.ProviderId == original.Row.Id).ToDictionaryAsync(image => image.Sha256, image => image.Png, cancel);
        return fields with { Logo = Carried(fields.Logo), Scenario = fields.Scenario is { } scenario ? scenario with { Screenshot = Carried(scenario.Screenshot) } : null };

        SubmittedImage? Carried(SubmittedImage? image) => image?.Sha256 is { } sha256 && images.TryGetValue(sha256, out var png) ? new() { Bytes = png } : null;
    }
}
