using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Pages;

/// <summary>States, scopes and tokens as the dashboard calls them, each with the tone of its pill.</summary>
internal static class ProviderWords
{
    extension(ProviderState state)
    {
        public string Title => state.ToString();

        public string Pill => state switch
        {
            ProviderState.Approved => "pill-good",
            ProviderState.Rejected or ProviderState.Revoked => "pill-bad",
            ProviderState.Suspended => "pill-unsure",
            ProviderState.Submitted => "pill-note",
            _ => "",
        };
    }

    extension(ProviderScope scope)
    {
        public string Title => scope switch
        {
            ProviderScope.TestUsers => "Test Users",
            ProviderScope.Organization => "Organization",
            ProviderScope.Global => "Global",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    extension(TokenProfile profile)
    {
        public string Title => profile == TokenProfile.Entra ? "Entra" : "External Access Token (legacy)";
    }

    extension(ProviderRow row)
    {
        /// <summary>The name; one that was submitted without any is called by its id.</summary>
        public string Title => row.Name.Length > 0 ? row.Name : row.Id;

        /// <summary>Whether a new revision waits while an approved one runs.</summary>
        public bool HasChangeWaiting => row is { PendingRevision: not null, ActiveRevision: not null };
    }

    /// <summary>A date of the store in words of a CSV cell or a sentence.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
