using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Tests.Arc;
using ActionMail.Server.Network;
using ActionMail.Server.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using static ActionMail.Server.Tests.Intake.SenderPlatform;

namespace ActionMail.Server.Tests.Intake;

/// <summary>DNS trouble is no verdict: the mail comes again, or is shown without one. Security C-03, C-17, R-06, R-07.</summary>
[Collection(WhoSentIt.Name)]
public sealed class SenderDnsTests(SenderPlatform platform)
{
    [Theory]
    [InlineData("DMARC", "451 4.4.3")]
    [InlineData("SPF", "451 4.4.3")]
    [InlineData("the key", "451 4.7.5")]
    public async Task While_the_DNS_is_down_a_mail_with_a_card_is_to_come_again(string what, string reply)
    {
        var letter = await platform.LetterAsync();
        var (record, fault) = what switch
        {
            "DMARC" => (letter.DmarcLine, $"_dmarc.{letter.Domain} SERVFAIL"),
            "SPF" => (letter.SpfLine, $"{letter.Domain} TIMEOUT"),
            _ => (letter.KeyLine, $"s1._domainkey.{letter.Domain} SERVFAIL"),
        };
        platform.Publish([.. letter.Zone.Except([record]), fault]);

        Assert.StartsWith(reply, await platform.SendAsync(letter), StringComparison.Ordinal);
        Assert.Empty(await platform.Running.CopiesAsync(Service.Owner, $"{letter.MessageId}@{letter.Domain}"));

        platform.Withdraw(fault);
        platform.Publish(record);
        Assert.Equal(("active", null), CardOf(await platform.DeliverAsync(letter)));
    }

    [Fact]
    public async Task A_mail_without_a_card_does_not_wait_for_the_DNS()
    {
        var letter = await platform.LetterAsync() with { Card = "" };
        platform.Publish(letter.SpfLine, $"s1._domainkey.{letter.Domain} SERVFAIL", $"_dmarc.{letter.Domain} SERVFAIL");

        var state = await platform.DeliverAsync(letter);

        Assert.Equal("temperror", state.GetProperty("auth").GetProperty("dkim")[0].GetProperty("result").GetString());
        Assert.Contains("It is not verified", await platform.Owner.OpenAsync(state.GetProperty("id").GetGuid()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_file_that_cannot_be_read_is_a_DNS_that_is_down()
    {
        var letter = await platform.LetterAsync();
        platform.Publish([.. letter.Zone, "this is no record"]);

        Assert.StartsWith("451 4.", await platform.SendAsync(letter), StringComparison.Ordinal);

        platform.Withdraw("this is no record");
        Assert.Equal(("active", null), CardOf(await platform.DeliverAsync(letter)));
    }

    [Fact]
    public async Task The_key_of_a_sealer_that_is_trusted_is_waited_for_and_no_other()
    {
        var letter = await platform.LetterAsync();
        platform.Publish([.. letter.Zone.Except([letter.SpfLine]), "s._domainkey.sealer.test SERVFAIL", "s._domainkey.somebody.test SERVFAIL"]);
        string Forwarded(string by) => new NaiveSealer { Domain = by, Results = $"{by}; dkim=pass header.d={letter.Domain}" }.Seal(letter.Signed() + "A footer\r\n", 1);

        Assert.StartsWith("451 4.7.5", await platform.SendAsync(letter, Forwarded("sealer.test"), mailFrom: "list@sealer.test"), StringComparison.Ordinal);
        Assert.Equal(("inert", "dkim_fail"), CardOf(await platform.DeliverAsync(letter, Forwarded("somebody.test"), mailFrom: "list@somebody.test")));
        platform.Withdraw("s._domainkey.sealer.test SERVFAIL");
    }

    [Fact]
    public async Task That_a_stranger_s_key_cannot_be_asked_for_hinders_nobody()
    {
        var letter = await platform.LetterAsync();
        platform.Publish([.. letter.Zone, "s1._domainkey.elsewhere.example SERVFAIL"]);

        var stranger = letter with { Tags = ["d=elsewhere.example"] };
        var twiceSigned = stranger.Signed()[..^stranger.Text.ReplaceLineEndings("\r\n").Length] + letter.Signed();

        Assert.Equal(("active", null), CardOf(await platform.DeliverAsync(letter, twiceSigned)));
    }

    [Fact]
    public async Task The_same_mail_has_the_same_verdict_however_late_the_answers_come()
    {
        var letters = Enumerable.Range(0, 200).Select(_ => new SenderLetter("{\"type\":\"AdaptiveCard\"}", "sender.test")).ToList();
        var dns = new SlowDns([.. letters[0].Zone]);
        await using var running = await RunningPlatform.StartAsync(replace: services => services.AddSingleton<IDnsLookup>(dns));
        using var owner = await Browser.SignInAsync(running.Doors, Service.Owner);
        var verdicts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        await Parallel.ForEachAsync(letters, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (letter, _) =>
        {
            var reply = await SmtpLineClient.DeliverAsync(IPAddress.Loopback, running.Doors.SmtpPort, letter.Bytes(), letter.Sender, letter.To);
            var state = await owner.StateAsync(Guid.Parse(reply[^36..]));
            var auth = System.Text.RegularExpressions.Regex.Replace(state.GetProperty("auth").GetRawText(), "\"signatureStart\":\"[^\"]*\"", "");
            verdicts.AddOrUpdate($"{auth} {CardOf(state)}", 1, (_, count) => count + 1);
        });

        var verdict = Assert.Single(verdicts);
        Assert.Equal(200, verdict.Value);
        Assert.Contains("\"alignedBy\":\"dkim\"", verdict.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_message_asks_at_most_sixty_questions_whatever_is_in_it()
    {
        var dns = new SlowDns([.. Enumerable.Range(0, 12).Select(i =>
            $"{(i == 0 ? "" : $"i{i}.")}flood.test TXT \"v=spf1 a:a{i}.flood.test mx:m{i}.flood.test ptr include:i{i + 1}.flood.test -all\"")]);
        await using var running = await RunningPlatform.StartAsync(replace: services => services.AddSingleton<IDnsLookup>(dns));
        var letter = new SenderLetter("{\"type\":\"AdaptiveCard\"}", "a.b.c.d.e.f.g.h.flood.test");
        var mail = letter.Text;
        for (var hop = 1; hop <= 50; hop++)
            mail = new NaiveSealer { Domain = $"s{hop}.k.l.m.n.o.p.q.flood.test", Results = $"x; dkim=pass header.d=c{hop}.r.s.t.u.v.w.x.flood.test" }.Seal(mail, hop);
        for (var i = 0; i < 20; i++)
        {
            var signed = letter with { Tags = [$"d=d{i}.i.j.k.l.m.n.o.flood.test"] };
            mail = signed.Signed()[..^signed.Text.ReplaceLineEndings("\r\n").Length] + mail;
        }

        var reply = await SmtpLineClient.DeliverAsync(IPAddress.Loopback, running.Doors.SmtpPort, Encoding.Latin1.GetBytes(mail), "any@flood.test", letter.To);

        // What is asked for SPF and DKIM comes first: the chain alone goes without answers, and proves nothing.
        Assert.StartsWith("250 ", reply, StringComparison.Ordinal);
        Assert.InRange(dns.Asked, 40, 60);
    }

    /// <summary>A zone whose answers come when they like, and are counted.</summary>
    private sealed class SlowDns(string[] lines) : IDnsLookup
    {
        private readonly Zone _zone = ((ZoneReading.Read)ZoneFile.Read(string.Join('\n', lines))).Zone;
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public async Task<DnsAnswer> AskAsync(DnsQuestion question, CancellationToken cancel)
        {
            // Another pause for every question, and in every run the same ones.
            await Task.Delay(Interlocked.Increment(ref _asked) * 7 % 31, cancel);
            return _zone.Answer(question);
        }
    }
}
