using System.Text.Json;

namespace ActionMail.Server.Providers.Pages;

/// <summary>Lines of a registration's audit log in words.</summary>
internal static class HistoryWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["provider_submitted"] = "Submitted",
        ["provider_approved"] = "Approved",
        ["provider_rejected"] = "Rejected",
        ["provider_withdrawn"] = "Withdrawn",
        ["provider_suspended"] = "Suspended",
        ["provider_resumed"] = "Resumed",
        ["provider_revoked"] = "Revoked",
        ["notice_to_nobody"] = "There was nobody to tell",
        ["key_proven"] = "Key proven",
        ["verification_mail"] = "Verification mail came",
        ["provider_owner_added"] = "Owner added",
        ["provider_owner_removed"] = "Owner removed",
        ["consent_granted"] = "Consent granted",
        ["consent_revoked"] = "Consent revoked",
    };

    extension(HistoryLine line)
    {
        public string Title => Words.GetValueOrDefault(line.Kind) ?? line.Kind.Replace("provider_", "", StringComparison.Ordinal).Replace('_', ' ');

        /// <summary>Who did it: an address, or in words what acts without being a person.</summary>
        public string Who => Actor.WordsOf(line.Actor);

        public string Revision => Fact(line, "revision");
        public string Reason => Fact(line, "reason");
        public string From => Fact(line, "from");
    }

    private static string Fact(HistoryLine line, string name)
    {
        using var facts = JsonDocument.Parse(line.Facts);
        return facts.RootElement.ValueKind == JsonValueKind.Object && facts.RootElement.TryGetProperty(name, out var fact) ? fact.ToString() : "";
    }
}
