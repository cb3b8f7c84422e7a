using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;
using ActionMail.Protocol.Tests.Cards.Model;

namespace ActionMail.Protocol.Tests.Cards.Lint;

/// <summary>The cards that others publish, as they are.</summary>
public sealed class LintSamplesTests
{
    // What an official sample may be told that is no error of the sample: it was written for a chat, for a desk's start menu,
    // or to show what becomes of the unknown.
    private static readonly string[] ErrorsOfChatCards = ["AC0102", "AC0507"];

    [Fact]
    public void Every_published_card_is_read_and_judged()
    {
        foreach (var (name, utf8) in Samples.Official().Concat(Samples.Snippets()))
        {
            var report = CardLint.Check(utf8, CardLimits.Default);

            Assert.True(report.IsReadable, name);
            Assert.All(report.Findings, finding => FindingPlaces.AreThoseOf(utf8, finding));
            Assert.All(ClientProfiles.All, client => Assert.Equal(client, client.Render(report).Client));
        }
    }

    [Fact]
    public void An_official_sample_has_no_error_but_what_mail_cannot_do()
    {
        var errors = from sample in Samples.Official()
                     from finding in CardLint.Check(sample.Utf8, CardLimits.Default).Findings
                     where finding.Rule.Severity == LintSeverity.Error && !ErrorsOfChatCards.Contains(finding.Rule.Code)
                     select $"{sample.Name} {finding.Rule.Code} {finding.Pointer}";

        Assert.Empty(errors);
    }

    [Fact]
    public void A_sample_of_Outlooks_own_has_no_error()
    {
        var ours = Samples.Official().Where(sample => sample.Name is "Approval.json" or "ProjectManagement.json").ToList();

        Assert.Equal(2, ours.Count);
        Assert.All(ours, sample => Assert.False(CardLint.Check(sample.Utf8, CardLimits.Default).HasErrors, sample.Name));
    }
}
