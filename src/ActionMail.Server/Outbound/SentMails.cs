using ActionMail.Server.Accounts;
using ActionMail.Server.Actions;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Outbound;

/// <summary>An answer that was sent, as the answered message tells of it.</summary>
internal sealed record SentView(Guid Id, AnswerKind Kind, DateTimeOffset SentAt, IReadOnlyList<DeliveryView> Deliveries);

/// <summary>One recipient of it; the fault is why the relay has not taken it.</summary>
internal sealed record DeliveryView(string Recipient, DeliveryState State, string? Fault)
{
    public string Words => State switch
    {
        DeliveryState.Delivered => "delivered",
        DeliveryState.Waiting when Fault is not null => "not yet taken by the mail relay, which is asked again",
        DeliveryState.Waiting or DeliveryState.Sending => "on its way to the mail relay",
        DeliveryState.Relayed => "handed to the mail relay",
        DeliveryState.Failed => "not delivered",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The suffix of the CSS class that colours it.</summary>
    public string Tone => State switch
    {
        DeliveryState.Delivered or DeliveryState.Relayed => "good",
        DeliveryState.Failed => "bad",
        _ => Fault is null ? "busy" : "unsure",
    };
}

/// <summary>What a person has sent, for that person alone.</summary>
internal sealed class SentMails(IDbContextFactory<ActionMailDb> contexts)
{
    /// <summary>The answers to a message, the newest first.</summary>
    public async Task<IReadOnlyList<SentView>> OfMessageAsync(SignedInPerson reader, Guid messageId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var sent = await Mine(db, reader).Where(row => row.MessageId == messageId).OrderByDescending(row => row.SentAt)
            .Select(row => new { row.Id, row.Kind, row.SentAt }).ToListAsync(cancel);
        var ids = sent.ConvertAll(row => row.Id);
        var deliveries = (await db.Deliveries.AsNoTracking().Where(row => row.OrganizationId == reader.OrganizationId && ids.Contains(row.SentMailId)).ToListAsync(cancel))
            .ToLookup(row => row.SentMailId, row => new DeliveryView(row.Recipient, row.State, row.Fault));
        return sent.ConvertAll(row => new SentView(row.Id, row.Kind, row.SentAt, [.. deliveries[row.Id].OrderByDescending(each => each.State == DeliveryState.Failed)]));
    }

    /// <summary>Of which of these messages the last answer could not be delivered to somebody.</summary>
    public async Task<IReadOnlySet<Guid>> UndeliveredAsync(SignedInPerson reader, IEnumerable<Guid> messageIds, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var wanted = messageIds.ToList();
        var sent = await Mine(db, reader).Where(row => wanted.Contains(row.MessageId)).Select(row => new
        {
            row.MessageId,
            row.SentAt,
            HasFailed = db.Deliveries.Any(each => each.OrganizationId == row.OrganizationId && each.SentMailId == row.Id && each.State == DeliveryState.Failed),
        }).ToListAsync(cancel);
        return sent.GroupBy(row => row.MessageId).Where(answers => answers.MaxBy(row => row.SentAt)!.HasFailed).Select(answers => answers.Key).ToHashSet();
    }

    /// <summary>A sent mail's bytes, or null when it is not the reader's.</summary>
    public async Task<byte[]?> ContentAsync(SignedInPerson reader, Guid id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await Mine(db, reader).Where(row => row.Id == id).Select(row => row.Content).SingleOrDefaultAsync(cancel);
    }

    private static IQueryable<SentMailRow> Mine(ActionMailDb db, SignedInPerson reader) =>
        db.SentMails.AsNoTracking().Where(row => row.OrganizationId == reader.OrganizationId && row.PersonId == reader.Id);
}

/// <summary>A sent mail as a file, for who sent it.</summary>
internal static class SentEndpoint
{
    public static void MapSent(this RouteGroupBuilder api) => api.MapGet("/sent/{id:guid}", async (Guid id, Person person, SentMails sent, CancellationToken cancel) =>
        await sent.ContentAsync(SignedInPerson.Of(person), id, cancel) is { } content
            ? (IResult)TypedResults.File(content, "message/rfc822", $"{id:D}.eml")
            : ActionAnswers.NotFound())
        .WithTags("Messages")
        .Describe("Read a sent mail as a file", "A reply or a forward that the person sent.")
        .Answers<byte[]>("message/rfc822").Refuses("not_found");
}
