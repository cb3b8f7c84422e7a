using System.Text.RegularExpressions;

namespace ActionMail.Server.Inbox;

/// <summary>
/// What was looked for where nothing is, by the shape of its address alone: the words are the same for what does not exist and for what is not the reader's (security J-10).
/// </summary>
/// <param name="Missing">What there is not.</param>
/// <param name="Advice">Why that may be.</param>
/// <param name="Path">Where to go on from there.</param>
/// <param name="Link">What that place is called.</param>
internal sealed partial record Whereabouts(string Missing, string Advice, string Path, string Link)
{
    private const string Incomplete = "or the address is not complete.";

    /// <summary>For an address that is like none of ours.</summary>
    public static readonly Whereabouts Elsewhere = new("There is no such page", $"It may have moved, {Incomplete}", "/inbox", "Go to the inbox");

    private static readonly (Regex Address, Whereabouts Words)[] Table =
    [
        (MessageAddress(), new("There is no such message", $"It may have been removed, it may be in another mailbox, {Incomplete}", "/inbox", "Go to the inbox")),
        (DraftAddress(), new("There is no such draft", $"It may have been submitted or discarded, it may be somebody else's, {Incomplete}", "/providers", "Go to your providers")),
        (RequestAddress(), new("There is no such request", $"It may be for others to decide about, {Incomplete}", "/providers", "Go to your providers")),
        (RegistrationAddress(), new("There is no such registration", $"It may be somebody else's, {Incomplete}", "/providers", "Go to your providers")),
        (InvitationAddress(), new("There is no such invitation", $"It may have been taken back, {Incomplete}", "/inbox", "Go to the inbox")),
        (OrganizationAddress(), new("There is no such domain, person or page here", "It may have been removed, or it is for the administrators of the organization.", "/providers", "Go to your providers")),
    ];

    public static Whereabouts Of(string path) => Array.Find(Table, line => line.Address.IsMatch(path)).Words ?? Elsewhere;

    [GeneratedRegex("^/inbox/.", RegexOptions.IgnoreCase)]
    private static partial Regex MessageAddress();

    [GeneratedRegex("^/providers/[^/]+/(edit|discard)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex DraftAddress();

    [GeneratedRegex("^/providers/[^/]+/review/", RegexOptions.IgnoreCase)]
    private static partial Regex RequestAddress();

    [GeneratedRegex("^/providers/.", RegexOptions.IgnoreCase)]
    private static partial Regex RegistrationAddress();

    [GeneratedRegex("^/invitations?(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex InvitationAddress();

    [GeneratedRegex("^/(organization|admin)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex OrganizationAddress();
}
