using ActionMail.Server.Accounts;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A place of the dashboard.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Mark">The name of its picture in dashboard.css.</param>
internal sealed record NavPlace(string Path, string Title, string Mark);

/// <summary>Places of one kind.</summary>
internal sealed record NavGroup(string Title, Func<Person, bool> IsFor, NavPlace[] Places);

/// <summary>The dashboard's side navigation, as people know it: each sees what is theirs. dashboard.md "Elsewhere in the portal".</summary>
internal sealed record DashboardNav(IReadOnlyList<NavGroup> Groups, string? Current)
{
    private static readonly NavGroup[] All =
    [
        new("Manage", _ => true, [new("/providers", "My providers", "home"), new("/providers/new", "New provider", "add")]),
        new("Administration", person => person.IsAdministrator,
        [
            new("/admin", "Admin dashboard", "admin"), new("/admin/consent", "Consent", "consent"), new("/organization", "Organization", "organization"),
        ]),
        new("Review", person => person.IsReviewer, [new("/review", "Requests", "review")]),
        new("Tools", _ => true, [new("/providers/health", "Health", "health"), new("/docs/api", "API", "api"), new("/inbox", "Inbox", "inbox")]),
    ];

    /// <summary>The current place is the one that the page says it belongs to, else the deepest one that the address lies in.</summary>
    public static DashboardNav For(Person person, PathString path, string? belongsTo)
    {
        NavGroup[] groups = [.. All.Where(group => group.IsFor(person))];
        var current = belongsTo ?? groups.SelectMany(group => group.Places).Select(place => place.Path)
            .Where(place => path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase)).MaxBy(place => place.Length);
        return new(groups, current);
    }

    /// <summary>Where a reader finds a registration: those that they own, those of their organization, or what they review.</summary>
    public static NavPlace PlaceOf(Person reader, Guid organizationId, bool isOwner)
    {
        var path = isOwner ? "/providers"
            : reader.IsAdministrator && organizationId == reader.OrganizationId ? "/admin"
            : reader.IsReviewer ? "/review"
            : "/providers";
        return All.SelectMany(group => group.Places).First(place => place.Path == path);
    }
}
