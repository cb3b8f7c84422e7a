using System.Net;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;
using ActionMail.Server.Network;
using Microsoft.Extensions.Time.Testing;

namespace ActionMail.Server.Tests.Network;

public sealed class DnsInquiryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(60, 60, 60)]
    [InlineData(61, 60, 60)]
    [InlineData(500, 60, 60)]
    public async Task One_message_asks_at_most_its_questions_and_has_no_answer_to_the_rest(int wanted, int asked, int found)
    {
        var dns = new Recorded(_ => Task.FromResult<DnsAnswer>(new DnsAnswer.NoRecords()));
        using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);

        var answers = await inquiry.DecideAsync(AskOneByOne(wanted), Cancel);

        Assert.Equal((asked, found), (dns.Asked, answers.Count(answer => answer is DnsAnswer.NoRecords)));
        Assert.All(answers.Skip(found), answer => Assert.IsType<DnsAnswer.Unavailable>(answer));
    }

    [Fact]
    public async Task What_has_not_come_in_time_has_no_answer_and_nothing_more_is_waited_for()
    {
        var time = new FakeTimeProvider();
        var dns = new Recorded(_ => new TaskCompletionSource<DnsAnswer>().Task);
        using var inquiry = new DnsInquiry(dns, new(), time);

        var deciding = inquiry.DecideAsync(AskOneByOne(3), Cancel);
        time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(deciding.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.All(await deciding.WaitAsync(TimeSpan.FromSeconds(30), Cancel), answer => Assert.IsType<DnsAnswer.Unavailable>(answer));
    }

    [Fact]
    public async Task Whoever_cancels_gets_no_verdict()
    {
        using var giveUp = new CancellationTokenSource();
        using var inquiry = new DnsInquiry(new Recorded(_ => new TaskCompletionSource<DnsAnswer>().Task), new(), TimeProvider.System);

        var deciding = inquiry.DecideAsync(AskOneByOne(1), giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deciding);
    }

    [Fact]
    public async Task What_is_wanted_at_once_is_asked_at_once_and_only_once()
    {
        var gate = new TaskCompletionSource<DnsAnswer>();
        var dns = new Recorded(_ => gate.Task);
        using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
        DnsQuestion[] both = [Question(1), Question(2), Question(1)];

        var deciding = inquiry.DecideAsync<int>(known => known[both[0]] is null ? new DnsStep<int>.Ask([.. both]) : new DnsStep<int>.Done(known.Asked.Count), Cancel);

        Assert.Equal(2, dns.Asked);
        gate.SetResult(new DnsAnswer.NoSuchName());
        Assert.Equal(2, await deciding);
    }

    [Fact]
    public async Task Answers_that_come_early_or_late_have_the_same_verdict()
    {
        const string file = """
            a.test TXT "v=spf1 a mx include:b.test include:c.test exists:%{i}.d.test -all exp=why.test"
            a.test A 192.0.2.1
            a.test MX 10 m1.test
            a.test MX 20 m2.test
            m1.test A 192.0.2.2
            m2.test A 192.0.2.3
            b.test TXT "v=spf1 a ~all"
            b.test A 192.0.2.4
            c.test TXT "v=spf1 redirect=e.test"
            e.test TXT "v=spf1 ?all"
            why.test TXT "not %{i}"
            """;
        var zone = Assert.IsType<ZoneReading.Read>(ZoneFile.Read(file)).Zone;
        var random = new Random(7208);
        var verdicts = new HashSet<string>();
        for (var n = 0; n < 200; n++)
        {
            var dns = new Recorded(async question =>
            {
                if (random.Next(3) > 0)
                    await Task.Delay(random.Next(1, 4), Cancel);
                return zone.Answer(question);
            });
            using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
            var result = await inquiry.DecideAsync(known => SpfEvaluation.Next(new(IPAddress.Parse("192.0.2.9"), "h.test", "x@a.test"), known), Cancel);
            verdicts.Add($"{result.Outcome.Word} {result.Mechanism} {result.Explanation} {string.Join(',', result.Asked)}");
        }

        Assert.StartsWith("fail -all not 192.0.2.9 a.test TXT,", Assert.Single(verdicts), StringComparison.Ordinal);
    }

    private static Func<DnsAnswers, DnsStep<List<DnsAnswer>>> AskOneByOne(int count) => known =>
        Enumerable.Range(0, count).Select(Question).FirstOrDefault(question => known[question] is null) is { Name: var name } question && name != default
            ? new DnsStep<List<DnsAnswer>>.Ask([question])
            : new DnsStep<List<DnsAnswer>>.Done([.. Enumerable.Range(0, count).Select(n => known[Question(n)]!)]);

    private static DnsQuestion Question(int number) => new(DomainName.TryParse($"n{number}.test", out var name) ? name : default, DnsRecordType.A);

    private sealed class Recorded(Func<DnsQuestion, Task<DnsAnswer>> answer) : IDnsLookup
    {
        private int _asked;

        public int Asked => _asked;

        public Task<DnsAnswer> AskAsync(DnsQuestion question, CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            return answer(question).WaitAsync(cancel);
        }
    }
}
