using ActionMail.Mail.Dmarc;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Mail.Tests.Dmarc;

public class DmarcRecordTests
{
    [Theory]
    [InlineData("the shortest", "v=DMARC1;p=none")]
    [InlineData("white space around everything that may have it", "v \t= DMARC1 ; p = none ;")]
    [InlineData("the name of the version in capitals", "V=DMARC1; p=none")]
    [InlineData("nothing but the version", "v=DMARC1")]
    [InlineData("a part that is no tag", "v=DMARC1; nonsense; p=none")]
    [InlineData("what RFC 7489 had", "v=DMARC1; p=none; pct=50; rf=afrf; ri=86400")]
    public void A_record_begins_with_its_version(string why, string text)
    {
        var record = DmarcRecordParser.Read(text);

        Assert.True(record is { Policy: DmarcPolicy.None }, why);
        Assert.Equal(text, record.Text);
    }

    [Theory]
    [InlineData("another version", "v=DMARC2; p=none")]
    [InlineData("a version that goes on", "v=DMARC1x; p=none")]
    [InlineData("the value in small letters", "v=dmarc1; p=none")]
    [InlineData("white space before it", " v=DMARC1; p=none")]
    [InlineData("the version behind another tag", "p=none; v=DMARC1")]
    [InlineData("no version", "p=none")]
    [InlineData("a comma for the semicolon", "v=DMARC1, p=none")]
    [InlineData("SPF", "v=spf1 -all")]
    [InlineData("nothing", "")]
    public void What_does_not_begin_so_is_no_record(string why, string text) => Assert.True(DmarcRecordParser.Read(text) is null, why);

    [Theory]
    [InlineData("p=none", DmarcPolicy.None, DmarcPolicy.None, DmarcPolicy.None)]
    [InlineData("p=quarantine", DmarcPolicy.Quarantine, DmarcPolicy.Quarantine, DmarcPolicy.Quarantine)]
    [InlineData("P=Reject", DmarcPolicy.Reject, DmarcPolicy.Reject, DmarcPolicy.Reject)]
    [InlineData("p=reject; sp=none", DmarcPolicy.Reject, DmarcPolicy.None, DmarcPolicy.None)]
    [InlineData("p=none; np=reject", DmarcPolicy.None, DmarcPolicy.None, DmarcPolicy.Reject)]
    [InlineData("p=none; sp=quarantine; np=reject", DmarcPolicy.None, DmarcPolicy.Quarantine, DmarcPolicy.Reject)]
    [InlineData("p=reject; sp=quarantine; np=none; t=y", DmarcPolicy.Quarantine, DmarcPolicy.None, DmarcPolicy.None)]
    [InlineData("p=reject; t=n", DmarcPolicy.Reject, DmarcPolicy.Reject, DmarcPolicy.Reject)]
    [InlineData("p=reject; t=maybe", DmarcPolicy.Reject, DmarcPolicy.Reject, DmarcPolicy.Reject)]
    [InlineData("p=reject; pct=0", DmarcPolicy.Reject, DmarcPolicy.Reject, DmarcPolicy.Reject)]
    public void The_policy_is_that_for_the_domain_for_its_subdomains_and_for_those_that_do_not_exist(
        string tags, DmarcPolicy itself, DmarcPolicy existing, DmarcPolicy nonexistent)
    {
        var record = DmarcRecordParser.Read("v=DMARC1; " + tags)!;

        Assert.True(record.Applies);
        Assert.Equal((itself, existing, nonexistent), (record.ForItself, record.ForSubdomain(exists: true), record.ForSubdomain(exists: false)));
    }

    [Theory]
    [InlineData("all is well", "p=reject; rua=mailto:d@example.com", true, DmarcPolicy.Reject)]
    [InlineData("no p, but somebody to report to", "rua=mailto:d@example.com", true, DmarcPolicy.None)]
    [InlineData("a p that cannot be read, but somebody to report to", "p=refuse; rua=mailto:d@example.com", true, DmarcPolicy.None)]
    [InlineData("an sp that cannot be read", "p=reject; sp=refuse; rua=mailto:d@example.com", true, DmarcPolicy.None)]
    [InlineData("an np that cannot be read", "p=reject; np=; rua=mailto:d@example.com", true, DmarcPolicy.None)]
    [InlineData("two p", "p=reject; p=reject; rua=mailto:d@example.com", true, DmarcPolicy.None)]
    [InlineData("no p and nobody to report to", "adkim=s", false, DmarcPolicy.None)]
    [InlineData("a p that cannot be read and nobody to report to", "p=refuse", false, DmarcPolicy.None)]
    [InlineData("an sp that cannot be read and nobody to report to", "p=reject; sp=refuse", false, DmarcPolicy.None)]
    [InlineData("somebody to report to who is no URI", "p=refuse; rua=d@example.com", false, DmarcPolicy.None)]
    [InlineData("mailto without an address", "p=refuse; rua=mailto:", false, DmarcPolicy.None)]
    public void A_policy_that_cannot_be_read_is_none_where_reports_are_wanted(string why, string tags, bool applies, DmarcPolicy policy)
    {
        var record = DmarcRecordParser.Read("v=DMARC1; " + tags)!;

        Assert.True((applies, policy) == (record.Applies, record.Policy), why);
    }

    [Theory]
    [InlineData("", AlignmentMode.Relaxed, AlignmentMode.Relaxed, PublicSuffix.Unsaid)]
    [InlineData("adkim=s", AlignmentMode.Strict, AlignmentMode.Relaxed, PublicSuffix.Unsaid)]
    [InlineData("aspf=S; psd=n", AlignmentMode.Relaxed, AlignmentMode.Strict, PublicSuffix.No)]
    [InlineData("adkim=r; aspf=r; psd=y", AlignmentMode.Relaxed, AlignmentMode.Relaxed, PublicSuffix.Yes)]
    [InlineData("adkim=strict; aspf=x; psd=yes", AlignmentMode.Relaxed, AlignmentMode.Relaxed, PublicSuffix.Unsaid)]
    [InlineData("psd=u", AlignmentMode.Relaxed, AlignmentMode.Relaxed, PublicSuffix.Unsaid)]
    public void The_other_tags_have_their_defaults(string tags, AlignmentMode dkim, AlignmentMode spf, PublicSuffix psd)
    {
        var record = DmarcRecordParser.Read("v=DMARC1; p=none; " + tags)!;

        Assert.Equal((dkim, spf, psd), (record.DkimAlignment, record.SpfAlignment, record.PublicSuffix));
    }

    [Fact]
    public void Reports_go_to_every_uri_without_its_size_limit()
    {
        var record = DmarcRecordParser.Read("v=DMARC1; p=none; rua=mailto:a@example.com!10m , https://example.net/in, nobody; ruf=mailto:f@example.com")!;

        Assert.Equal(["mailto:a@example.com", "https://example.net/in"], record.AggregateReports);
        Assert.Equal(["mailto:f@example.com"], record.FailureReports);
    }

    [Fact]
    public void Any_text_is_a_record_or_none()
    {
        string[] pieces = ["v=DMARC1", "v", "=", ";", " ", "p=", "reject", "none", "sp=", "np=", "psd=y", "rua=", "mailto:", "a@b.test", "!", ",", ":", "\t", "\0", "\u00ff", "t=y"];
        var texts = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 30].Select(string.Concat);

        texts.SampleFixed(text => Assert.Equal(
            text.Split(';')[0].Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal) == "v=DMARC1" && text[0] == 'v',
            DmarcRecordParser.Read(text) is not null), seed: "0000KeyoLfA5", iter: 20_000);
    }
}
