using System.Net;
using System.Net.Sockets;
using ActionMail.Mail.Smtp;

namespace ActionMail.Server.Intake;

/// <summary>Who may come in: the connections in all and of each address, and who has guessed too many addresses.</summary>
internal sealed class SmtpAdmission(SmtpOptions options, TimeProvider time)
{
    private const int MaxGuessers = 10_000;
    private static readonly TimeSpan GuessingWindow = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _connections = [];
    private readonly Dictionary<IPAddress, (int Count, DateTimeOffset Since)> _guessers = [];
    private int _total;

    /// <summary>The last quarter of the connections is in use.</summary>
    public bool UnderPressure => Volatile.Read(ref _total) > options.MaxConnections * 3 / 4;

    /// <summary>Null when the client may come in, and must <see cref="Leave"/>; otherwise what it is told.</summary>
    public SmtpReply? Enter(IPAddress client)
    {
        var key = Neighbourhood(client);
        lock (_lock)
        {
            var own = _connections.GetValueOrDefault(key);
            if (_total >= options.MaxConnections)
                return SmtpReplies.Busy;
            if (own >= (UnderPressure ? options.MaxConnectionsPerAddressUnderPressure : options.MaxConnectionsPerAddress))
                return SmtpReplies.TooManyConnections;
            if (HasGuessedTooMuch(key))
                return SmtpReplies.TooManyUnknown;
            _connections[key] = own + 1;
            Volatile.Write(ref _total, _total + 1);
            return null;
        }
    }

    public void Leave(IPAddress client)
    {
        var key = Neighbourhood(client);
        lock (_lock)
        {
            Volatile.Write(ref _total, _total - 1);
            if (--_connections[key] == 0)
                _connections.Remove(key);
        }
    }

    /// <summary>Somebody at this address asked for a recipient that nobody is.</summary>
    public void CountUnknownRecipient(IPAddress client)
    {
        var key = Neighbourhood(client);
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_guessers.Count >= MaxGuessers && !_guessers.ContainsKey(key))
                ForgetGuessers(now);
            var (count, since) = _guessers.GetValueOrDefault(key, (0, now));
            _guessers[key] = now - since < GuessingWindow ? (count + 1, since) : (1, now);
        }
    }

    private bool HasGuessedTooMuch(IPAddress key) =>
        _guessers.Count > 0 && _guessers.TryGetValue(key, out var guesses)
        && guesses.Count >= options.MaxUnknownRecipientsPerHour && time.GetUtcNow() - guesses.Since < GuessingWindow;

    private void ForgetGuessers(DateTimeOffset now)
    {
        foreach (var (address, _) in _guessers.Where(each => now - each.Value.Since >= GuessingWindow).ToList())
            _guessers.Remove(address);
        if (_guessers.Count >= MaxGuessers)
            _guessers.Clear();   // so many at once are no longer told apart; the limit of each connection still holds
    }

    // An IPv6 host chooses freely within its /64 (RFC 4291 §2.5.1).
    private static IPAddress Neighbourhood(IPAddress client)
    {
        if (client.AddressFamily != AddressFamily.InterNetworkV6)
            return client;
        var bytes = client.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
