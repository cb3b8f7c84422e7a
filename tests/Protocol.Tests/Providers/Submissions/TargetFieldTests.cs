using ActionMail.Protocol.Providers;
using static ActionMail.Protocol.Tests.Providers.Submissions.GoldenSubmission;

namespace ActionMail.Protocol.Tests.Providers.Submissions;

/// <summary>dashboard.md "Target URLs", security J-06: what is refused, with words of its own for each mistake.</summary>
public sealed class TargetFieldTests
{
    [Theory]
    [InlineData("https://api.contoso.test")]
    [InlineData("https://api.contoso.test/")]
    [InlineData("HTTPS://API.contoso.test:443")]
    public void An_origin_is_taken(string typed) => Assert.Equal(["https://api.contoso.test"], Valid(Submission with { Targets = [typed] }).Content.Targets);

    [Theory]
    [InlineData("https://contoso.co.uk")]
    [InlineData("https://contoso.azurewebsites.net")]
    [InlineData("https://contoso.github.io")]
    [InlineData("https://contoso.workers.dev")]
    [InlineData("https://www.ck")]
    public void A_name_of_ones_own_below_a_shared_one_is_taken(string typed) => Assert.Equal([typed], Valid(Submission with { Targets = [typed] }).Content.Targets);

    [Theory]
    [InlineData("https://api.contoso.test/actions", "not_an_origin")]
    [InlineData("https://api.contoso.test/?tenant=1", "not_an_origin")]
    [InlineData("https://api.contoso.test/#x", "not_an_origin")]
    [InlineData("https://api.contoso.test/a/../b", "not_an_origin")]
    [InlineData("https://api.contoso.test/6a1c8b52-0d3e-4f7a-9b21-5c4d3e2f1a09", "not_an_origin")]
    [InlineData("https://user:pass@api.contoso.test", "secret_in_url")]
    [InlineData("https://api.contoso.test/run?sig=abcdef", "secret_in_url")]
    [InlineData("https://api.contoso.test/run?code=abcdef", "secret_in_url")]
    [InlineData("https://api.contoso.test/run?x=1&token=abcdef", "secret_in_url")]
    [InlineData("https://api.contoso.test/run?subscription-key=abcdef", "secret_in_url")]
    [InlineData("https://prod-01.westus.logic.azure.com/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers&sv=1.0&sig=x", "secret_in_url")]
    [InlineData("https://chat.contoso.test/services/T0AB/B0CD/s3cr3t", "secret_in_url")]
    [InlineData("https://contoso.webhook.office.com/webhookb2/6a1c8b52-0d3e-4f7a-9b21-5c4d3e2f1a09@x/y", "secret_in_url")]
    [InlineData("https://localhost", "loopback_target")]
    [InlineData("http://localhost:5000", "loopback_target")]
    [InlineData("https://127.0.0.1", "loopback_target")]
    [InlineData("https://[::1]", "loopback_target")]
    [InlineData("https://co.uk", "too_broad")]
    [InlineData("https://azurewebsites.net", "too_broad")]
    [InlineData("https://GitHub.io:443/", "too_broad")]
    [InlineData("https://workers.dev", "too_broad")]
    [InlineData("https://amazonaws.com", "too_broad")]
    [InlineData("https://com", "malformed")]
    [InlineData("http://api.contoso.test", "malformed")]
    [InlineData("https://*", "malformed")]
    [InlineData("https://", "malformed")]
    [InlineData("https://.contoso.test", "malformed")]
    [InlineData("https://*.contoso.test", "malformed")]
    [InlineData("https://10.0.0.1", "malformed")]
    [InlineData("https://api.contoso.test:25", "malformed")]
    [InlineData("api.contoso.test", "malformed")]
    [InlineData("", "required")]
    public void Anything_else_is_refused_in_its_own_words(string typed, string code)
    {
        var error = Assert.Single(Invalid(Submission with { Targets = ["https://other.contoso.test", typed] }).Errors);

        Assert.Equal(("targets[1]", code), (error.Field, error.Code));
    }

    [Theory]
    [InlineData("https://api.contoso.test/run?sig=s3cr3t")]
    [InlineData("https://user:s3cr3t@api.contoso.test")]
    [InlineData("https://api.contoso.test/hooks/s3cr3t")]
    public void A_secret_is_not_quoted(string typed) => Assert.DoesNotContain("s3cr3t", Assert.Single(Invalid(Submission with { Targets = [typed] }).Errors).Words, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://10.0.0.1", "an IP address is no host name")]
    [InlineData("https://[2001:db8::1]:8443", "an IP address is no host name")]
    [InlineData("https://2130706433", "an IP address is no host name")]
    [InlineData("https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.contoso.test", "a part of the host name between dots has more than 63 letters")]
    [InlineData("https://bücher.contoso.test", "written with xn--")]
    [InlineData("https://api.contoso.test.", "begins or ends with a dot")]
    [InlineData("https://api..contoso.test", "two in a row")]
    [InlineData("https://-api.contoso.test", "begins or ends with a hyphen")]
    [InlineData("https://api.contoso.test:99999", "a number from 1 to 65535")]
    [InlineData("https://", "has no host name")]
    public void A_host_is_refused_for_its_own_reason(string typed, string reason) =>
        Assert.Contains(reason, Assert.Single(Invalid(Submission with { Targets = [typed] }).Errors).Words, StringComparison.Ordinal);

    [Fact]
    public void A_host_of_five_thousand_letters_is_too_long_and_one_of_sixty_three_in_each_part_is_not()
    {
        Assert.Contains("more than 63 letters", Assert.Single(Invalid(Submission with { Targets = [$"https://{new string('a', 5_000)}"] }).Errors).Words, StringComparison.Ordinal);
        var parts = string.Join('.', Enumerable.Repeat(new string('a', 63), 3));
        Assert.Contains("more than 253 letters", Assert.Single(Invalid(Submission with { Targets = [$"https://{parts}.{new string('b', 62)}"] }).Errors).Words, StringComparison.Ordinal);
        Assert.Single(Valid(Submission with { Targets = [$"https://{parts}.contoso.test"] }).Content.Targets);
    }

    [Fact]
    public void The_words_show_the_origin_to_write() =>
        Assert.Contains("write https://api.contoso.test:8443.", Assert.Single(Invalid(Submission with { Targets = ["https://api.contoso.test:8443/a"] }).Errors).Words, StringComparison.Ordinal);

    [Fact]
    public void The_emulator_takes_its_own_machine_and_says_so()
    {
        var valid = Valid(Submission with { Targets = ["http://localhost:5000"] }, Context with { UrlPolicy = UrlPolicy.LoopbackHttp });

        Assert.Equal(["http://localhost:5000"], valid.Content.Targets);
        Assert.Contains(valid.Warnings, warning => (warning.Field, warning.Code) == ("targets[0]", "loopback_target"));
    }
}
