namespace Groups;

public enum RequestKind
{
    /// <summary>Somebody asks to join.</summary>
    Join,

    /// <summary>A member proposes others.</summary>
    AddMembers,
}

public enum SeatState
{
    Pending,
    Approved,
    Declined,
}

/// <summary>A person for whom membership is asked, and what became of it.</summary>
public sealed record Seat(Person Person, SeatState State, Person? DecidedBy = null);

/// <summary>What an owner has to decide: one seat when somebody asks to join, one for each person whom a member proposes.</summary>
public sealed record MembershipRequest(
    Guid Id, RequestKind Kind, Person Requester, string Message, DateTimeOffset AskedAt,
    IReadOnlyList<Person> Owners, string? MailNote, IReadOnlyList<Seat> Seats)
{
    public bool IsOpen => Seats.Any(seat => seat.State is SeatState.Pending);

    public string Title => Kind is RequestKind.Join
        ? $"{Requester.Name} has requested to join this group."
        : $"{Requester.Name} would like to add {Seats.Count} {(Seats.Count == 1 ? "member" : "members")} to your group.";

    /// <summary>What the green band says; null while something is open.</summary>
    public string? Outcome
    {
        get
        {
            if (IsOpen)
                return null;
            var approved = Seats.Count(seat => seat.State is SeatState.Approved);
            var declined = Seats.Count - approved;
            return (Kind, approved, declined) switch
            {
                (RequestKind.Join, 1, _) => "Request Approved",
                (RequestKind.Join, _, _) => "Request Declined",
                (_, _, 0) => $"{approved} Requests Approved",
                (_, 0, _) => $"{declined} Requests Declined",
                _ => $"{approved} Requests Approved, {declined} Declined",
            };
        }
    }
}
