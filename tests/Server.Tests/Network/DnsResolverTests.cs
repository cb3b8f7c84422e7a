using System.Diagnostics;
using System.Net;
using System.Text;
using ActionMail.Mail.Dns;
using ActionMail.Server.Network;
using Microsoft.Extensions.Time.Testing;

namespace ActionMail.Server.Tests.Network;

/// <summary>The resolver before a real server on loopback.</summary>
public sealed class DnsResolverTests
{
    /// <summary>For servers that keep silent; the others have time enough on a busy machine.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("signs that are escaped elsewhere", new byte[] { 0x22, 0x5C, 0x3B, 0x5C, 0x5C, 0x22 })]
    [InlineData("a backslash before digits", new byte[] { 0x5C, 0x30, 0x30, 0x31 })]
    [InlineData("control characters", new byte[] { 0x00, 0x0A, 0x7F })]
    [InlineData("UTF-8", new byte[] { 0xC3, 0xA9, 0xEF, 0xBB, 0xBF })]
    [InlineData("octets that are no UTF-8", new byte[] { 0xE9, 0xFF, 0x37, 0x22, 0x5C, 0x41, 0x5C, 0x30, 0x36, 0x35, 0x00, 0x80 })]
    public async Task The_octets_of_a_text_are_kept_and_its_strings_joined(string why, byte[] octets)
    {
        await using var server = new LoopbackDns(_ => new(LoopbackRecord.Txt("a.test", 300, "v=spf1 "u8.ToArray(), octets)));

        var found = Assert.IsType<DnsAnswer.Found>(await Ask(server, "a.test", DnsRecordType.Txt));

        Assert.True(((byte[])[.. "v=spf1 "u8, .. octets]).SequenceEqual(Encoding.Latin1.GetBytes(Assert.IsType<DnsRecord.Text>(Assert.Single(found.Records)).Value)), why);
    }

    [Fact]
    public async Task Each_type_is_read()
    {
        await using var server = new LoopbackDns(question => question.Type switch
        {
            1 => new(LoopbackRecord.A("a.test", "192.0.2.1"), LoopbackRecord.A("A.Test", "192.0.2.2")),
            28 => new(LoopbackRecord.Aaaa("a.test", "2001:db8::1")),
            15 => new(LoopbackRecord.Mx("a.test", 10, "MX.test"), LoopbackRecord.Mx("a.test", 0, "")),
            _ => new(LoopbackRecord.Ptr("a.test", "host.test")),
        });

        Assert.Equal(["192.0.2.1", "192.0.2.2"], (await Records<DnsRecord.Address>(server, DnsRecordType.A)).Select(record => record.Ip.ToString()));
        Assert.Equal([IPAddress.Parse("2001:db8::1")], (await Records<DnsRecord.Address>(server, DnsRecordType.Aaaa)).Select(record => record.Ip));
        Assert.Equal(["10 mx.test", "0 "], (await Records<DnsRecord.Exchange>(server, DnsRecordType.Mx)).Select(record => $"{record.Preference} {record.Host}"));
        Assert.Equal(["host.test"], (await Records<DnsRecord.Pointer>(server, DnsRecordType.Ptr)).Select(record => record.Host.ToString()));
    }

    [Theory]
    [InlineData("no error and no record", 0, typeof(DnsAnswer.NoRecords))]
    [InlineData("FORMERR", 1, typeof(DnsAnswer.Unavailable))]
    [InlineData("SERVFAIL", 2, typeof(DnsAnswer.Unavailable))]
    [InlineData("NXDOMAIN", 3, typeof(DnsAnswer.NoSuchName))]
    [InlineData("REFUSED", 5, typeof(DnsAnswer.Unavailable))]
    public async Task What_the_server_says_is_told_apart(string why, int code, Type expected)
    {
        await using var server = new LoopbackDns(_ => new() { Code = code });

        Assert.True((await Ask(server, "a.test", DnsRecordType.Txt)).GetType() == expected, why);
    }

    [Fact]
    public async Task A_cut_answer_is_asked_for_over_TCP()
    {
        await using var server = new LoopbackDns(question => new(LoopbackRecord.Txt("a.test", 300, "whole"u8.ToArray())) { IsCut = !question.OverTcp });

        Assert.IsType<DnsAnswer.Found>(await Ask(server, "a.test", DnsRecordType.Txt));
        Assert.Equal([false, true], server.Asked.Select(question => question.OverTcp));
    }

    [Theory]
    [InlineData("cut over TCP as well")]
    [InlineData("silent over TCP")]
    public async Task An_answer_that_stays_cut_is_none(string how)
    {
        await using var server = new LoopbackDns(question => question.OverTcp && how.StartsWith("silent", StringComparison.Ordinal) ? null : new() { IsCut = true });

        Assert.IsType<DnsAnswer.Unavailable>(await Resolver(server, Short).AskAsync(Question("a.test", DnsRecordType.Txt), Cancel));
    }

    [Fact]
    public async Task Silence_ends_with_the_patience()
    {
        await using var server = new LoopbackDns(_ => null);
        var clock = Stopwatch.StartNew();

        var answer = Assert.IsType<DnsAnswer.Unavailable>(await Resolver(server, Short).AskAsync(Question("a.test", DnsRecordType.Txt), Cancel));

        Assert.Equal("timeout", answer.Why);
        Assert.InRange(clock.Elapsed, Short, TimeSpan.FromSeconds(10));
        Assert.Equal(2, server.Asked.Count); // once, and once again
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("SERVFAIL")]
    public async Task Another_server_is_asked_when_the_first_cannot_say(string first)
    {
        await using var broken = new LoopbackDns(_ => first == "silent" ? null : new() { Code = 2 });
        await using var sound = new LoopbackDns(_ => new(LoopbackRecord.A("a.test", "192.0.2.1")));
        var resolver = new DnsResolver(new() { Servers = [broken.Address, sound.Address], Patience = TimeSpan.FromSeconds(1), Retries = 0 }, TimeProvider.System);

        Assert.IsType<DnsAnswer.Found>(await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel));
    }

    [Fact]
    public async Task A_definite_no_is_not_asked_of_another_server()
    {
        await using var first = new LoopbackDns(_ => new() { Code = 3 });
        await using var second = new LoopbackDns(_ => new(LoopbackRecord.A("a.test", "192.0.2.1")));
        var resolver = new DnsResolver(new() { Servers = [first.Address, second.Address], Patience = Long }, TimeProvider.System);

        Assert.IsType<DnsAnswer.NoSuchName>(await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel));
        Assert.Empty(second.Asked);
    }

    [Fact]
    public async Task Aliases_in_the_answer_are_followed()
    {
        await using var server = new LoopbackDns(_ => new(
            LoopbackRecord.A("c.test", "192.0.2.1"), LoopbackRecord.Cname("b.test", "c.test"), LoopbackRecord.Cname("a.test", "b.test")));

        Assert.IsType<DnsAnswer.Found>(await Ask(server, "a.test", DnsRecordType.A));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Aliases_that_the_server_did_not_follow_are_asked_for()
    {
        await using var server = new LoopbackDns(question => question.Name == "a.test" ? new(LoopbackRecord.Cname("a.test", "b.test")) : new(LoopbackRecord.A("b.test", "192.0.2.1")));

        Assert.IsType<DnsAnswer.Found>(await Ask(server, "a.test", DnsRecordType.A));
        Assert.Equal(["a.test", "b.test"], server.Asked.Select(question => question.Name));
    }

    [Fact]
    public async Task Aliases_that_go_round_or_on_and_on_are_no_answer()
    {
        var chain = Enumerable.Range(0, 20).Select(n => LoopbackRecord.Cname($"n{n}.test", $"n{n + 1}.test")).Append(LoopbackRecord.A("n20.test", "192.0.2.1")).ToArray();
        await using var round = new LoopbackDns(_ => new(LoopbackRecord.Cname("a.test", "b.test"), LoopbackRecord.Cname("b.test", "a.test")));
        await using var link = new LoopbackDns(question => new(LoopbackRecord.Cname(question.Name, question.Name + "x")));
        await using var long20 = new LoopbackDns(_ => new(chain));

        Assert.IsType<DnsAnswer.Unavailable>(await Ask(round, "a.test", DnsRecordType.A));
        Assert.IsType<DnsAnswer.Unavailable>(await Ask(link, "a.test", DnsRecordType.A));
        Assert.IsType<DnsAnswer.Unavailable>(await Ask(long20, "n0.test", DnsRecordType.A));
        Assert.InRange(link.Asked.Count, 2, 10);
    }

    [Fact]
    public async Task Records_of_other_names_are_neither_read_nor_kept()
    {
        await using var server = new LoopbackDns(question => new(LoopbackRecord.A("other.test", "192.0.2.66"), LoopbackRecord.A(question.Name, "192.0.2.1")));
        var resolver = Resolver(server);

        var found = Assert.IsType<DnsAnswer.Found>(await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel));
        var other = Assert.IsType<DnsAnswer.Found>(await resolver.AskAsync(Question("b.test", DnsRecordType.A), Cancel));

        Assert.Equal([new DnsRecord.Address(IPAddress.Parse("192.0.2.1"))], found.Records);
        Assert.Equal([new DnsRecord.Address(IPAddress.Parse("192.0.2.1"))], other.Records);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_none()
    {
        await using var server = new LoopbackDns(_ => new(LoopbackRecord.A("a.test", "192.0.2.1")) { AboutName = "b.test" });

        Assert.IsType<DnsAnswer.Unavailable>(await Ask(server, "a.test", DnsRecordType.A));
    }

    [Fact]
    public async Task An_answer_with_another_id_is_not_taken()
    {
        await using var server = new LoopbackDns(question => question.Number == 1
            ? new(LoopbackRecord.A("a.test", "192.0.2.66")) { HasWrongId = true }
            : new(LoopbackRecord.A("a.test", "192.0.2.1")) { After = TimeSpan.FromMilliseconds(50) });

        var found = Assert.IsType<DnsAnswer.Found>(await Ask(server, "a.test", DnsRecordType.A));

        Assert.Equal([new DnsRecord.Address(IPAddress.Parse("192.0.2.1"))], found.Records);
    }

    [Theory]
    [InlineData(40, typeof(DnsAnswer.Found))]
    [InlineData(240, typeof(DnsAnswer.Unavailable))]
    public async Task A_text_of_60_KB_is_refused_and_one_of_10_is_not(int strings, Type expected)
    {
        var texts = Enumerable.Repeat(new byte[250], strings).ToArray();
        await using var server = new LoopbackDns(question => new(LoopbackRecord.Txt("a.test", 300, texts)) { IsCut = !question.OverTcp });

        Assert.IsType(expected, await Ask(server, "a.test", DnsRecordType.Txt));
    }

    [Fact]
    public async Task Every_name_that_a_macro_can_make_can_be_asked_for()
    {
        await using var server = new LoopbackDns(_ => new() { Code = 3 });
        var resolver = Resolver(server);

        for (var letter = ' '; letter <= '~'; letter++)
        {
            if (letter != '.')
                Assert.IsType<DnsAnswer.NoSuchName>(await resolver.AskAsync(Question($"a{letter}b.test", DnsRecordType.A), Cancel));
        }
    }

    [Fact]
    public async Task Octets_that_are_no_message_are_no_answer()
    {
        var random = new Random(7208);
        await using var server = new LoopbackDns(_ =>
        {
            lock (random)
            {
                var garbage = new byte[random.Next(0, 80)];
                random.NextBytes(garbage);
                if (garbage.Length > 6 && random.Next(2) == 0)
                    new byte[] { 0x81, 0x80, 0, 1, 0, 2 }.CopyTo(garbage, 0);
                return new() { Garbage = garbage };
            }
        });
        var resolver = new DnsResolver(new() { Servers = [server.Address], Patience = TimeSpan.FromMilliseconds(50), Retries = 0 }, TimeProvider.System);

        for (var n = 0; n < 200; n++)
            Assert.IsType<DnsAnswer.Unavailable>(await resolver.AskAsync(Question($"n{n}.test", DnsRecordType.Txt), Cancel));
    }

    [Fact]
    public async Task Twenty_who_ask_the_same_at_once_are_one_question()
    {
        await using var server = new LoopbackDns(_ => new(LoopbackRecord.A("a.test", "192.0.2.1")) { After = TimeSpan.FromMilliseconds(100) });
        var resolver = Resolver(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel))));

        Assert.All(answers, answer => Assert.IsType<DnsAnswer.Found>(answer));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task One_who_gives_up_does_not_end_it_for_the_others()
    {
        await using var server = new LoopbackDns(_ => new(LoopbackRecord.A("a.test", "192.0.2.1")) { After = TimeSpan.FromMilliseconds(100) });
        var resolver = Resolver(server);
        using var impatient = new CancellationTokenSource();

        var left = resolver.AskAsync(Question("a.test", DnsRecordType.A), impatient.Token);
        var stays = resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.IsType<DnsAnswer.Found>(await stays);
        Assert.Single(server.Asked);
    }

    [Theory]
    [InlineData("the life of the record", 120, 120)]
    [InlineData("a minute at least", 1, 60)]
    [InlineData("a day at most", 10_000_000, 86_400)]
    public async Task An_answer_is_kept_for(string why, uint timeToLive, int seconds)
    {
        await using var server = new LoopbackDns(_ => new(LoopbackRecord.A("a.test", "192.0.2.1", timeToLive)));

        Assert.True(seconds == await SecondsKept(server), why);
    }

    [Theory]
    [InlineData("as long as the zone says", 100, 200, 100)]
    [InlineData("as long as the zone says", 200, 100, 100)]
    [InlineData("five minutes at most", 86_400, 86_400, 300)]
    public async Task That_there_is_nothing_is_kept_for(string why, uint timeToLive, uint minimum, int seconds)
    {
        await using var missing = new LoopbackDns(_ => new() { Code = 3, Authority = [LoopbackRecord.Soa("test", timeToLive, minimum)] });
        await using var empty = new LoopbackDns(_ => new() { Authority = [LoopbackRecord.Soa("test", timeToLive, minimum)] });

        Assert.True(seconds == await SecondsKept(missing), why);
        Assert.True(seconds == await SecondsKept(empty), why);
    }

    [Fact]
    public async Task A_fault_is_not_kept()
    {
        await using var server = new LoopbackDns(question => question.Number == 1 ? new() { Code = 2 } : new(LoopbackRecord.A("a.test", "192.0.2.1")));
        var resolver = Resolver(server);

        Assert.IsType<DnsAnswer.Unavailable>(await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel));
        Assert.IsType<DnsAnswer.Found>(await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel));
    }

    [Fact]
    public async Task What_is_kept_has_a_bound_and_the_oldest_makes_room()
    {
        await using var server = new LoopbackDns(question => new(LoopbackRecord.A(question.Name, "192.0.2.1")));
        var resolver = new DnsResolver(new() { Servers = [server.Address], MaxKept = 2 }, TimeProvider.System);

        foreach (var name in (string[])["a.test", "b.test", "c.test", "c.test", "b.test", "a.test"])
            await resolver.AskAsync(Question(name, DnsRecordType.A), Cancel);

        Assert.Equal(["a.test", "b.test", "c.test", "a.test"], server.Asked.Select(question => question.Name));
    }

    [Fact]
    public async Task Two_hundred_who_wait_for_a_silent_server_do_not_delay_one_whose_answer_is_kept()
    {
        await using var server = new LoopbackDns(question => question.Name == "kept.test" ? new(LoopbackRecord.A("kept.test", "192.0.2.1")) : null);
        var resolver = new DnsResolver(new() { Servers = [server.Address], Patience = TimeSpan.FromSeconds(2), Retries = 0 }, TimeProvider.System);
        await resolver.AskAsync(Question("kept.test", DnsRecordType.A), Cancel);

        var waiting = Enumerable.Range(0, 200).Select(n => resolver.AskAsync(Question($"n{n}.test", DnsRecordType.A), Cancel)).ToList();
        var kept = resolver.AskAsync(Question("kept.test", DnsRecordType.A), Cancel);

        Assert.True(kept.IsCompletedSuccessfully);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.IsType<DnsAnswer.Unavailable>(answer));
    }

    private static async Task<int> SecondsKept(LoopbackDns server)
    {
        var time = new FakeTimeProvider();
        var resolver = new DnsResolver(new() { Servers = [server.Address] }, time);
        await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel);
        foreach (var seconds in (int[])[60, 100, 120, 300, 86_400])
        {
            time.SetUtcNow(time.Start.AddSeconds(seconds - 1));
            await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel);
            if (server.Asked.Count > 1)
                return -seconds; // between two of them: no case expects that
            time.SetUtcNow(time.Start.AddSeconds(seconds));
            await resolver.AskAsync(Question("a.test", DnsRecordType.A), Cancel);
            if (server.Asked.Count > 1)
                return seconds;
        }
        return int.MaxValue;
    }

    private static DnsResolver Resolver(LoopbackDns server, TimeSpan? patience = null) => new(new() { Servers = [server.Address], Patience = patience ?? Long }, TimeProvider.System);

    private static Task<DnsAnswer> Ask(LoopbackDns server, string name, DnsRecordType type) => Resolver(server).AskAsync(Question(name, type), Cancel);

    private static async Task<IEnumerable<TRecord>> Records<TRecord>(LoopbackDns server, DnsRecordType type) where TRecord : DnsRecord =>
        Assert.IsType<DnsAnswer.Found>(await Ask(server, "a.test", type)).Records.Cast<TRecord>();

    private static DnsQuestion Question(string name, DnsRecordType type)
    {
        Assert.True(DomainName.TryParseExpanded(name, out var parsed));
        return new(parsed, type);
    }
}
