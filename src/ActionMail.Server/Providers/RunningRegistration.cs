using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

internal static class RunningRegistration
{
    extension(RegisteredContent content)
    {
        /// <summary>The registration as mails and clicks are judged by it: its texts parsed, its keys imported.</summary>
        public ProviderRegistration RunAs(ProviderRow row, UrlPolicy policy) => new(row.Id, content.Name, row.OrganizationId, row.State, row.ActiveRevision ?? 0, content.Scope)
        {
            Senders = [.. content.Senders.Select(EmailAddress.Parse)],
            Targets = [.. content.Targets.SelectMany(target => TargetUrl.TryParse(target, policy, out var url, out _) ? [url] : Array.Empty<TargetUrl>())],
            Keys = [.. content.Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => read.Key)],
            TestUsers = [.. content.TestUsers.Select(EmailAddress.Parse)],
            TokenProfile = content.TokenProfile,
            TokenAudience = content.AppIdUri ?? content.AppId,
        };

        /// <summary>As a submission to start from: what is typed in a form that begins with what is registered.</summary>
        public ProviderSubmission ToSubmission() => new()
        {
            Name = content.Name,
            Logo = Image(content.Logo),
            Senders = content.Senders,
            Targets = content.Targets,
            Keys = content.Keys,
            Scope = content.Scope,
            TestUsers = content.TestUsers,
            TokenProfile = content.TokenProfile,
            AppId = content.AppId,
            Contact = content.Contact is { } contact ? new() { Name = contact.Name, Email = contact.Email, Phone = contact.Phone } : null,
            Publisher = content.Publisher is { } publisher
                ? new() { Name = publisher.Name, Website = publisher.Website, Support = publisher.Support, Privacy = publisher.Privacy, Terms = publisher.Terms } : null,
            Scenario = content.Scenario is { } scenario
                ? new() { Description = scenario.Description, DailyVolume = FormattableString.Invariant($"{scenario.DailyVolume}"), SampleCard = scenario.SampleCard, Screenshot = Image(scenario.Screenshot) } : null,
            Verification = content.Verification is { } verification ? new() { Steps = verification.Steps } : null,
        };
    }

    private static SubmittedImage? Image(string? sha256) => sha256 is null ? null : new() { Sha256 = sha256 };
}
