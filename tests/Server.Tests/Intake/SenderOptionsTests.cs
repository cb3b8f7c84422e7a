using ActionMail.Server.Intake;

namespace ActionMail.Server.Tests.Intake;

/// <summary>Whose word counts is written by hand, and a slip would let strangers speak: it is refused at the start.</summary>
public sealed class SenderOptionsTests
{
    [Theory]
    [InlineData("a network", "192.0.2.0/24", "192.0.2.77", true)]
    [InlineData("an address", "192.0.2.7", "192.0.2.7", true)]
    [InlineData("an IPv6 network", "2001:db8::/32", "2001:db8::1", true)]
    [InlineData("outside the network", "192.0.2.0/24", "198.51.100.1", false)]
    [InlineData("the neighbour of an address", "192.0.2.7", "192.0.2.8", false)]
    public void A_relay_is_known_by_its_address(string why, string relay, string client, bool isRelay)
    {
        var options = new SenderOptions { TrustedRelays = [relay], TrustedAuthServIds = ["mx.example.org"] };

        Assert.Empty(options.Faults());
        Assert.Equal((why, isRelay), (why, options.IsRelay(System.Net.IPAddress.Parse(client))));
    }

    [Theory]
    [InlineData("all of the internet", "0.0.0.0/0", "mx.example.org", null, "0.0.0.0/0")]
    [InlineData("no network", "192.0.2.7/33", "mx.example.org", null, "192.0.2.7/33")]
    [InlineData("a name", "relay.test", "mx.example.org", null, "relay.test")]
    [InlineData("an id with a quote", "192.0.2.7", "mx\"example", null, "mx\"example")]
    [InlineData("our own id", "192.0.2.7", "MX.own.test", "mx.own.test", "Senders:AuthServId")]
    public void What_cannot_be_meant_is_a_fault_that_names_it(string why, string relay, string id, string? own, string named)
    {
        var options = new SenderOptions { TrustedRelays = [relay], TrustedAuthServIds = [id], AuthServId = own };

        var fault = Assert.Single(options.Faults());

        Assert.True(fault.Contains(named, StringComparison.Ordinal), why + ": " + fault);
    }

    [Fact]
    public void Relays_without_an_id_and_sealers_that_are_no_domains_are_faults()
    {
        Assert.Contains("TrustedAuthServIds", Assert.Single(new SenderOptions { TrustedRelays = ["192.0.2.7"] }.Faults()), StringComparison.Ordinal);
        Assert.Contains("'a sealer'", Assert.Single(new SenderOptions { TrustedSealers = ["a sealer"] }.Faults()), StringComparison.Ordinal);
    }
}
