namespace Groups;

/// <summary>The story's first mail: Elvia asks to join, and the first owner hears of it. Sent once in the life of the database.</summary>
public sealed class FirstRequest(GroupStore store, GroupMails mails, GroupsOptions options, TimeProvider time, ILogger<FirstRequest> log)
    : BackgroundService
{
    public const string Message =
        "I am redesigning the product pages this quarter and would love to follow your plans first hand. Miguel said this group is where they are discussed.";

    /// <summary>Sends it, unless that is done already.</summary>
    public async Task<Delivery> SendAsync(CancellationToken cancel)
    {
        if (store.PendingSeed(Make) is not { } request)
            return new Delivery(true, "The first mail has been sent before.");
        var delivery = await mails.SendAsync(request, cancel);
        if (delivery.IsSent)
            store.SeedSent();
        return delivery;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Seed)
            return;
        // The platform may start after us.
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            var delivery = await SendAsync(stoppingToken);
            log.FirstMail(delivery.Note);
            if (delivery.IsSent)
                return;
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private MembershipRequest Make() => new(
        Guid.NewGuid(), RequestKind.Join, People.Elvia, Message, time.GetUtcNow(), [People.Adele], MailNote: null,
        [new Seat(People.Elvia, SeatState.Pending)]);
}
