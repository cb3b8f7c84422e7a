using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Intake;

/// <summary>A platform that trusts one sealer and one relay, with the zone file of its data folder for its DNS. Every test sends from a domain of its own.</summary>
public class SenderPlatform : SharedPlatform
{
    public const string OwnId = "mx.t1.test";
    public const string RelayId = "relay.t1.test";

    /// <summary>Where the relay connects from; everybody else is at 127.0.0.1.</summary>
    public static readonly IPAddress Relay = IPAddress.Parse("127.0.0.2");

    private readonly List<string> _zone = [];

    private protected override string[] Settings =>
    [
        .. base.Settings,
        "--Providers:DraftsPerDay=1000",
        "--Senders:TrustedSealers:0=sealer.test",
        "--Senders:TrustedRelays:0=127.0.0.2/32", $"--Senders:TrustedAuthServIds:0={RelayId}", $"--Senders:AuthServId={OwnId}",
    ];

    internal StubProvider Provider { get; } = new();

    /// <summary>A golden mail whose sender's domain nobody else has, with a registration that covers it and no record published yet.</summary>
    internal async Task<SenderLetter> LetterAsync()
    {
        var domain = $"d{Guid.NewGuid():N}.test";
        var service = new Service(Running.Doors, Provider);
        (await service.RegisterAsync(new
        {
            name = "The Service",
            senders = new[] { $"actions@{domain}" },
            targets = new[] { Provider.Origin },
            keys = new[] { service.Key.PublicKeyToPem() },
            scope = "organization",
            testUsers = Array.Empty<string>(),
            organization = "contoso.test",
            tokenProfile = "eat",
        })).EnsureSuccessStatusCode();
        return new(service.Card(), domain);
    }

    /// <summary>Adds records to the zone file, as a developer would with an editor.</summary>
    internal void Publish(params string[] lines)
    {
        _zone.AddRange(lines);
        File.WriteAllLines(Path.Combine(Running.Doors.Folder, "dns.zone"), _zone);
    }

    internal void Withdraw(params string[] lines)
    {
        _zone.RemoveAll(lines.Contains);
        Publish();
    }

    internal Task<string> SendAsync(SenderLetter letter, string? wire = null, IPAddress? client = null, string? mailFrom = null) => SmtpLineClient.DeliverAsync(
        client ?? IPAddress.Loopback, Running.Doors.SmtpPort, wire is null ? letter.Bytes() : Encoding.Latin1.GetBytes(wire), mailFrom ?? letter.Sender, letter.To);

    /// <summary>What the recipient sees of it.</summary>
    internal async Task<JsonElement> DeliverAsync(SenderLetter letter, string? wire = null, IPAddress? client = null, string? mailFrom = null)
    {
        var reply = await SendAsync(letter, wire, client, mailFrom);
        Assert.StartsWith("250 2.0.0", reply, StringComparison.Ordinal);
        return await Owner.StateAsync(Guid.Parse(reply[^36..]));
    }

    /// <summary>What the organization of all recipients here demands.</summary>
    internal async Task DemandAsync(string demand)
    {
        using var http = Running.Doors.Operator();
        (await http.PutAsJsonAsync("/api/operator/organizations/contoso.test/sender-demand", new { demand })).EnsureSuccessStatusCode();
    }

    internal static (string? State, string? Reason) CardOf(JsonElement state) =>
        (state.GetProperty("card").GetProperty("state").GetString(), state.GetProperty("card").GetProperty("reason").GetString());
}

/// <summary>The tests of who sent a mail, on one platform.</summary>
[CollectionDefinition(Name)]
public sealed class WhoSentIt : ICollectionFixture<SenderPlatform>
{
    public const string Name = "Who sent it";
}
