namespace Groups;

/// <summary>What an owner's click comes to: one of the cases below. Each has the text that the owner reads.</summary>
public abstract record Decision(string Text)
{
    /// <summary>These people's seats change.</summary>
    public sealed record Made(IReadOnlyList<Person> People, string Text) : Decision(Text);

    /// <summary>Somebody was faster: nothing changes, and the card that comes back shows how it stands.</summary>
    public sealed record AlreadyMade(string Text) : Decision(Text);

    /// <summary>Nothing was selected, or somebody who is not in the request: nothing changes.</summary>
    public sealed record Impossible(string Text) : Decision(Text);

    /// <summary>Decides by the rule of the group: the first word on each person counts.</summary>
    public static Decision On(MembershipRequest request, IReadOnlyList<string> selected, SeatState verdict)
    {
        if (selected.Count == 0)
            return new Impossible("Select at least one person first. Nothing was changed.");
        var seats = request.Seats.Where(seat => selected.Contains(seat.Person.Id, StringComparer.Ordinal)).ToList();
        if (seats.Count != selected.Count)
            return new Impossible("One of the selected people is not part of this request. Nothing was changed.");

        var open = seats.Where(seat => seat.State is SeatState.Pending).Select(seat => seat.Person).ToList();
        var taken = seats.Where(seat => seat.State is not SeatState.Pending).ToList();
        if (open.Count == 0)
            return new AlreadyMade(AlreadyText(taken));
        var done = $"Request has been successfully {Word(verdict)}";
        return new Made(open, taken.Count == 0 ? done : $"{done}. {string.Join(". ", taken.Select(Remark))}");
    }

    private static string AlreadyText(List<Seat> taken) =>
        taken.DistinctBy(seat => (seat.State, seat.DecidedBy)).ToList() is [var only]
            ? $"Already {Word(only.State)} by {only.DecidedBy!.Name}"
            : string.Join(". ", taken.Select(Remark));

    private static string Remark(Seat seat) => $"{seat.Person.Name} was already {Word(seat.State)} by {seat.DecidedBy!.Name}";

    private static string Word(SeatState state) => state is SeatState.Approved ? "approved" : "declined";
}
