using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>How many new providers a person has begun within a day, as drafts or as registrations. Security J-15.</summary>
internal static class NewProviders
{
    public static int BegunWithinADay(ActionMailDb db, Person person, DateTimeOffset now)
    {
        var aDayAgo = now - TimeSpan.FromDays(1);
        var drafts = db.ProviderDrafts.Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.CreatedAt > aDayAgo);
        // A form that was opened has an id, and one empty draft that every opening gives again: it counts once something is written in it.
        return drafts.Count() - (drafts.Any(row => row.Fields == DraftFields.Empty) ? 1 : 0)
            + db.ProviderOwners.Count(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.Since > aDayAgo);
    }
}
