using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Groups;

/// <summary>The sample's own data: members, requests, and the answer given to each click, in one SQLite file.</summary>
public sealed class GroupStore
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS member (person TEXT PRIMARY KEY) STRICT;
        CREATE TABLE IF NOT EXISTS request (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, requester TEXT NOT NULL, message TEXT NOT NULL,
            asked_at TEXT NOT NULL, owners TEXT NOT NULL, mail_note TEXT) STRICT;
        CREATE TABLE IF NOT EXISTS seat (
            request TEXT NOT NULL REFERENCES request, person TEXT NOT NULL, place INTEGER NOT NULL,
            state TEXT NOT NULL, decided_by TEXT, PRIMARY KEY (request, person)) STRICT;
        CREATE TABLE IF NOT EXISTS click (
            request TEXT NOT NULL, action_request_id TEXT NOT NULL, actor TEXT NOT NULL, done INTEGER NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (request, action_request_id, actor)) STRICT;
        CREATE TABLE IF NOT EXISTS seed (request TEXT NOT NULL, sent INTEGER NOT NULL) STRICT;
        """;

    private readonly string _connectionString;

    public GroupStore(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "groups.db") }.ToString();
        using var db = Open();
        Run(db, Schema);
    }

    public IReadOnlyList<Person> Members()
    {
        using var db = Open();
        return Query(db, "SELECT person FROM member ORDER BY rowid", row => People.WithId(row.GetString(0))!);
    }

    public MembershipRequest? Find(Guid id)
    {
        using var db = Open();
        return Find(db, id);
    }

    public IReadOnlyList<MembershipRequest> Requests()
    {
        using var db = Open();
        var ids = Query(db, "SELECT id FROM request ORDER BY asked_at DESC, rowid DESC LIMIT 20", row => Guid.Parse(row.GetString(0)));
        return [.. ids.Select(id => Find(db, id)!)];
    }

    public void Add(MembershipRequest request)
    {
        using var db = Open();
        using var transaction = db.BeginTransaction();
        Insert(db, request);
        transaction.Commit();
    }

    public void NoteMail(Guid id, string note)
    {
        using var db = Open();
        Run(db, "UPDATE request SET mail_note = $note WHERE id = $id", ("$note", note), ("$id", Text(id)));
    }

    public void Remove(Person member)
    {
        using var db = Open();
        Run(db, "DELETE FROM member WHERE person = $person", ("$person", member.Id));
    }

    /// <summary>
    /// Decides once: the transaction takes the write lock before it looks, so of two owners the first is first. A click that
    /// comes again, known by its Action-Request-Id, gets the answer that it got and changes nothing. Null: no such request.
    /// </summary>
    public Decision? Decide(Guid id, IReadOnlyList<string> selected, SeatState verdict, Person owner, Guid? click)
    {
        using var db = Open();
        using var transaction = db.BeginTransaction();
        if (Find(db, id) is not { } request)
            return null;
        if (click is { } again && Answered(db, id, again, owner) is { } answer)
            return answer;
        var decision = Decision.On(request, selected, verdict);
        if (decision is Decision.Made made)
            Apply(db, request, made.People, verdict, owner);
        if (click is { } first)
            Remember(db, id, first, owner, decision);
        transaction.Commit();
        return decision;
    }

    /// <summary>The story's first request, made at most once in the life of this database; null when its mail is sent.</summary>
    public MembershipRequest? PendingSeed(Func<MembershipRequest> make)
    {
        using var db = Open();
        using var transaction = db.BeginTransaction();
        var known = Query(db, "SELECT request, sent FROM seed", row => (Id: Guid.Parse(row.GetString(0)), Sent: row.GetBoolean(1)));
        if (known is [var seed])
            return seed.Sent ? null : Find(db, seed.Id);
        var request = make();
        Insert(db, request);
        Run(db, "INSERT INTO seed VALUES ($request, 0)", ("$request", Text(request.Id)));
        transaction.Commit();
        return request;
    }

    public void SeedSent()
    {
        using var db = Open();
        Run(db, "UPDATE seed SET sent = 1");
    }

    private static void Insert(SqliteConnection db, MembershipRequest request)
    {
        Run(db, "INSERT INTO request VALUES ($id, $kind, $requester, $message, $at, $owners, NULL)",
            ("$id", Text(request.Id)), ("$kind", request.Kind.ToString()), ("$requester", request.Requester.Id),
            ("$message", request.Message), ("$at", request.AskedAt.ToString("O", CultureInfo.InvariantCulture)),
            ("$owners", string.Join(' ', request.Owners.Select(owner => owner.Id))));
        foreach (var (place, seat) in request.Seats.Index())
            Run(db, "INSERT INTO seat VALUES ($request, $person, $place, 'Pending', NULL)",
                ("$request", Text(request.Id)), ("$person", seat.Person.Id), ("$place", place));
    }

    private static void Apply(SqliteConnection db, MembershipRequest request, IReadOnlyList<Person> people, SeatState verdict, Person owner)
    {
        foreach (var person in people)
        {
            Run(db, "UPDATE seat SET state = $state, decided_by = $owner WHERE request = $request AND person = $person",
                ("$state", verdict.ToString()), ("$owner", owner.Id), ("$request", Text(request.Id)), ("$person", person.Id));
            if (verdict is SeatState.Approved)
                Run(db, "INSERT OR IGNORE INTO member VALUES ($person)", ("$person", person.Id));
        }
    }

    private static void Remember(SqliteConnection db, Guid id, Guid click, Person owner, Decision decision) =>
        Run(db, "INSERT INTO click VALUES ($request, $click, $actor, $done, $text)",
            ("$request", Text(id)), ("$click", Text(click)), ("$actor", owner.Id),
            ("$done", decision is Decision.Impossible ? 0 : 1), ("$text", decision.Text));

    private static Decision? Answered(SqliteConnection db, Guid id, Guid click, Person owner) =>
        Query<Decision>(db, "SELECT done, text FROM click WHERE request = $request AND action_request_id = $click AND actor = $actor",
            row => row.GetBoolean(0) ? new Decision.AlreadyMade(row.GetString(1)) : new Decision.Impossible(row.GetString(1)),
            ("$request", Text(id)), ("$click", Text(click)), ("$actor", owner.Id)).FirstOrDefault();

    private static MembershipRequest? Find(SqliteConnection db, Guid id)
    {
        var seats = Query(db, "SELECT person, state, decided_by FROM seat WHERE request = $id ORDER BY place",
            row => new Seat(
                People.WithId(row.GetString(0))!,
                Enum.Parse<SeatState>(row.GetString(1)),
                row.IsDBNull(2) ? null : People.WithId(row.GetString(2))),
            ("$id", Text(id)));
        return Query(db, "SELECT kind, requester, message, asked_at, owners, mail_note FROM request WHERE id = $id",
            row => new MembershipRequest(
                id,
                Enum.Parse<RequestKind>(row.GetString(0)),
                People.WithId(row.GetString(1))!,
                row.GetString(2),
                DateTimeOffset.Parse(row.GetString(3), CultureInfo.InvariantCulture),
                [.. row.GetString(4).Split(' ').Select(owner => People.WithId(owner)!)],
                row.IsDBNull(5) ? null : row.GetString(5),
                seats),
            ("$id", Text(id))).FirstOrDefault();
    }

    private SqliteConnection Open()
    {
        var db = new SqliteConnection(_connectionString);
        db.Open();
        return db;
    }

    private static string Text(Guid id) => id.ToString("D");

    private static void Run(SqliteConnection db, string sql, params (string Name, object Value)[] values)
    {
        using var command = Command(db, sql, values);
        command.ExecuteNonQuery();
    }

    private static List<T> Query<T>(SqliteConnection db, string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] values)
    {
        using var command = Command(db, sql, values);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }

    private static SqliteCommand Command(SqliteConnection db, string sql, (string Name, object Value)[] values)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
