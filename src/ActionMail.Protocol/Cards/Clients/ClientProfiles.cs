using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Clients;

/// <summary>The clients by name: Outlook's, and ActionMail's own inbox.</summary>
public static class ClientProfiles
{
    private static readonly VersionRange Every = new(CardVersion.V1_0, CardVersion.Newest);
    private static readonly VersionRange First = new(CardVersion.V1_0, CardVersion.V1_0);
    private static readonly VersionRange Universal = new(new(1, 4), CardVersion.Newest);

    private static readonly ImmutableArray<TypeNotShown> NotInMail =
    [
        new("Action.Submit", Every, "there is nobody to submit to in a mail; use Action.Http or Action.Execute"),
        new("Input.Time", Every, "the input is not supported; use Input.Text"),
        new("Media", Every, "media is not played in a mail"),
    ];

    // The two combinations of version and action model that they know.
    private static readonly ImmutableArray<TypeNotShown> NotOnThese =
    [
        .. NotInMail,
        new("Action.Execute", First, "Action.Execute works in cards of version 1.4 and above"),
        new("Action.Http", Universal, "Action.Http works in cards of version 1.0 alone"),
    ];

    /// <summary>All profiles, the name being stable.</summary>
    public static ImmutableArray<ClientProfile> All { get; } =
    [
        Desk("outlook-web", "Outlook on the web for Microsoft 365"),
        Desk("windows-current", "Microsoft 365 Apps for Windows, Current Channel"),
        Desk("windows-monthly", "Microsoft 365 Apps for Windows, Monthly Enterprise Channel"),
        Desk("windows-semi-annual", "Microsoft 365 Apps for Windows, Semi-Annual Enterprise Channel"),
        Limited("mac", "Outlook on Mac"),
        Limited("ios", "Outlook on iOS"),
        Limited("android", "Outlook on Android"),
        new("office-professional-plus", "Office Professional Plus (Click-to-Run), all versions"),
        new("exchange-on-premises-web", "Outlook on the web of Exchange on-premises, all versions"),
        new("actionmail", "ActionMail's inbox")
        {
            ShowsMessageCards = true,
            Versions = [Every],
            // A mark stands for media, as for a picture from elsewhere, and a carousel's pages stand one below the other.
            NotShown =
            [
                .. NotInMail.Where(type => type.Type != "Media"),
                new("Action.Execute", Every, "universal actions are not carried out yet"),
            ],
        },
    ];

    /// <summary>The profile with a name, or null.</summary>
    public static ClientProfile? Find(string name) => All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));

    private static ClientProfile Desk(string name, string title) => new(name, title) { ShowsMessageCards = true, Versions = [Every], NotShown = NotInMail };

    private static ClientProfile Limited(string name, string title) => new(name, title) { Versions = [First, Universal], NotShown = NotOnThese };
}
