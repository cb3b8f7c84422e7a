using System.Collections.Concurrent;
using System.Threading.Channels;
using ActionMail.Server.Accounts;

namespace ActionMail.Server.Inbox;

/// <summary>What an open view is told. <paramref name="Data"/> is the JSON of the event, or null where the event alone says it.</summary>
internal sealed record LiveEvent(string Name, Guid MessageId, object? Data = null);

/// <summary>What is looked at now.</summary>
/// <param name="Organizations">The organizations of those who look.</param>
/// <param name="Messages">The messages of the views of one message.</param>
/// <param name="Lists">The people whose lists are open.</param>
internal sealed record OpenViews(IReadOnlyCollection<Guid> Organizations, IReadOnlyCollection<Guid> Messages, IReadOnlyCollection<Guid> Lists)
{
    public bool IsEmpty => Messages.Count == 0 && Lists.Count == 0;
}

/// <summary>The views that are open now, and what happens to what they show. A view that cannot keep up loses the oldest events; each event holds the whole state, so the last one counts.</summary>
internal sealed class LiveViews
{
    private const int MostWaiting = 64;

    private readonly ConcurrentDictionary<Guid, View> _views = new();

    /// <summary>Opens a view of a person's: of one message, or (with null) of the list.</summary>
    public Subscription Open(Person reader, Guid? messageId)
    {
        var id = Guid.NewGuid();
        var events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _views[id] = new(reader.OrganizationId, reader.Id, messageId, events.Writer);
        return new(events.Reader, () => _views.TryRemove(id, out _));
    }

    public OpenViews Now
    {
        get
        {
            var open = _views.Values.ToList();
            return new(
                [.. open.Select(view => view.OrganizationId).Distinct()],
                [.. open.Select(view => view.MessageId).OfType<Guid>().Distinct()],
                [.. open.Where(view => view.MessageId is null).Select(view => view.PersonId).Distinct()]);
        }
    }

    /// <summary>Tells the views of one message of a person.</summary>
    public void TellMessage(Guid personId, LiveEvent happened) => Tell(view => view.PersonId == personId && view.MessageId == happened.MessageId, happened);

    /// <summary>Tells a person's lists.</summary>
    public void TellList(Guid personId, LiveEvent happened) => Tell(view => view.PersonId == personId && view.MessageId is null, happened);

    /// <summary>Tells every view of a message one thing, and every list another.</summary>
    public void TellAll(string message, string list)
    {
        foreach (var view in _views.Values)
            view.Events.TryWrite(view.MessageId is { } id ? new(message, id) : new(list, Guid.Empty));
    }

    private void Tell(Func<View, bool> concerns, LiveEvent happened)
    {
        foreach (var view in _views.Values.Where(concerns))
            view.Events.TryWrite(happened);
    }

    private sealed record View(Guid OrganizationId, Guid PersonId, Guid? MessageId, ChannelWriter<LiveEvent> Events);

    internal sealed class Subscription(ChannelReader<LiveEvent> events, Action close) : IDisposable
    {
        public ChannelReader<LiveEvent> Events { get; } = events;

        public void Dispose() => close();
    }
}
