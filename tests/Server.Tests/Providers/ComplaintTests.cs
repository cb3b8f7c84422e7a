using System.Globalization;
using System.Text;
using ActionMail.Mail.Tests.Dkim;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Intake;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Feedback reports (RFC 5965) at the complaints address: what is proven counts, and what anybody could invent is kept and counts for nothing.</summary>
public sealed class ComplaintTests(SenderPlatform shared) : IClassFixture<SenderPlatform>
{
    private const string Complaints = "complaints@platform.test";

    [Fact]
    public async Task A_proven_report_about_a_delivered_mail_counts_once()
    {
        var letter = await DeliveredAsync();
        var reporter = Reporter();

        await ReportAsync(reporter, letter.Text);
        await ReportAsync(reporter, letter.Text);
        await ReportAsync(Reporter(), letter.Text);

        var complaints = await OfAsync(letter);
        Assert.Equal(2, complaints.Count);
        Assert.All(complaints, complaint => Assert.Equal((ComplaintSource.Arf, true), (complaint.Source, complaint.IsCounted)));
        Assert.Equal(2, await shared.Running.ReadAsync(db => db.ProviderHours.Where(row => row.ProviderId == IdOf(letter)).SumAsync(row => row.Complaints)));
    }

    [Fact]
    public async Task A_mail_that_went_elsewhere_counts_by_its_own_signature()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);

        await ReportAsync(Reporter(), letter.Signed());

        Assert.Contains("signed by the domain", Assert.Single(await OfAsync(letter)).Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a reporter who is not proven", "not proven who reports")]
    [InlineData("an invented mail with everything in it", "nothing shows")]
    [InlineData("a mail changed after it was signed", "nothing shows")]
    [InlineData("headers of a mail that nobody knows", "only its header")]
    [InlineData("no card", "carries no card")]
    [InlineData("no report", "cannot be read")]
    public async Task What_is_not_proven_is_kept_and_counts_for_nothing(string what, string evidence)
    {
        var letter = what == "a reporter who is not proven" ? await DeliveredAsync() : await shared.LetterAsync();
        shared.Publish(letter.Zone);
        var signed = letter.Signed();
        var original = what switch
        {
            "an invented mail with everything in it" => letter.Text,
            "a mail changed after it was signed" => signed.Replace("Please", "Buy", StringComparison.Ordinal),
            "no card" => (letter with { Card = "" }).Signed(),
            _ => signed,
        };
        var before = await UnattributedAsync();

        await ReportAsync(Reporter(), original,
            isSigned: what != "a reporter who is not proven",
            part: what == "headers of a mail that nobody knows" ? "text/rfc822-headers" : "message/rfc822",
            version: what == "no report" ? "7" : "1");

        Assert.Empty(await OfAsync(letter));
        var kept = Assert.Single((await UnattributedAsync()).ExceptBy(before.Select(row => row.Id), row => row.Id));
        Assert.False(kept.IsCounted);
        Assert.Contains(evidence, kept.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_a_mail_is_no_spam_is_no_complaint()
    {
        var letter = await DeliveredAsync();
        await ReportAsync(Reporter(), letter.Text, type: "not-spam");
        Assert.Empty(await OfAsync(letter));

        await ReportAsync(Reporter(), letter.Text, type: "fraud");
        Assert.Single(await OfAsync(letter));
    }

    private async Task<SenderLetter> DeliveredAsync()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);
        Assert.Equal(("active", null), SenderPlatform.CardOf(await shared.DeliverAsync(letter)));
        return letter;
    }

    private string Reporter()
    {
        var domain = $"r{Guid.NewGuid():N}.test";
        shared.Publish($"s1._domainkey.{domain} TXT \"{NaiveSigner.Record(NaiveSigner.Key)}\"");
        return domain;
    }

    private async Task ReportAsync(string reporter, string original, string type = "abuse", bool isSigned = true, string part = "message/rfc822", string version = "1")
    {
        var text = $"""
            From: Feedback <fbl@{reporter}>
            To: {Complaints}
            Subject: A complaint
            Date: {TimeProvider.System.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}
            Message-ID: <{Guid.NewGuid():N}@{reporter}>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary="parts"

            --parts
            Content-Type: text/plain

            Somebody complained.
            --parts
            Content-Type: message/feedback-report

            Feedback-Type: {type}
            User-Agent: Test/1
            Version: {version}

            --parts
            Content-Type: {part}

            {original.ReplaceLineEndings("\n").TrimEnd()}
            --parts--

            """;
        var bytes = isSigned ? Sign(text, reporter) : text.ReplaceLineEndings("\r\n");
        Assert.StartsWith("250", await SmtpLineClient.DeliverAsync(shared.Running.Doors.SmtpPort, Encoding.Latin1.GetBytes(bytes), $"fbl@{reporter}", Complaints), StringComparison.Ordinal);
    }

    private static string Sign(string text, string domain) => NaiveSigner.Sign(text,
    [
        new("v", "1"), new("a", "rsa-sha256"), new("c", "relaxed/relaxed"), new("d", domain), new("s", "s1"), new("h", "from:to:subject:date:message-id"), new("bh", "*"),
    ], NaiveSigner.Key);

    private Task<List<ComplaintRow>> OfAsync(SenderLetter letter) => shared.Running.ReadAsync(db => db.Complaints.AsNoTracking().Where(row => row.ProviderId == IdOf(letter)).ToListAsync());

    private Task<List<ComplaintRow>> UnattributedAsync() => shared.Running.ReadAsync(db => db.Complaints.AsNoTracking().Where(row => row.OrganizationId == Guid.Empty).ToListAsync());

    private static string IdOf(SenderLetter letter) => System.Text.Json.JsonElement.Parse(letter.Card).GetProperty("originator").GetString()!;
}
