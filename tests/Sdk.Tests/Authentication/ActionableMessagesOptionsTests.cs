namespace ActionMail.Sdk.Tests;

public sealed class ActionableMessagesOptionsTests
{
    private static readonly TokenIssuer Issuer = TokenIssuer.ActionMail(new Uri("https://mail.contoso.test/"), "https://api.contoso.test");

    public static TheoryData<string, Action<ActionableMessagesOptions>> TooLoose => new()
    {
        { "at least one", options => options.Issuers.Clear() },
        { "same Issuer", options => options.Issuers.Add(Issuer) },
        { "audience", options => options.Issuers[0] = Issuer with { Audiences = [] } },
        { "audience", options => options.Issuers[0] = Issuer with { Audiences = [""] } },
        { "caller", options => options.Issuers[0] = Issuer with { CallerApplicationIds = [] } },
        { "https", options => options.Issuers[0] = Issuer with { MetadataAddress = new Uri("http://mail.contoso.test/x") } },
        { "https", options => options.Issuers[0] = Issuer with { MetadataAddress = new Uri("file:///etc/hostname") } },
        { "ClockSkew", options => options.ClockSkew = TimeSpan.FromSeconds(61) },
        { "ClockSkew", options => options.ClockSkew = TimeSpan.FromSeconds(-1) },
        { "address", options => options.ExpectedSenders.Add("Groups <groups@contoso.test>") },
    };

    [Theory]
    [MemberData(nameof(TooLoose))]
    public void Options_that_accept_too_much_or_nothing_are_refused(string reason, Action<ActionableMessagesOptions> loosen)
    {
        var options = new ActionableMessagesOptions();
        options.Issuers.Add(Issuer);
        options.Validate();

        loosen(options);

        Assert.Contains(reason, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_presets_are_the_issuers_that_the_platforms_publish()
    {
        var tenant = Guid.Parse("9188040d-6c67-4c5b-b112-36a304b66dad");
        (TokenIssuer Issuer, string Name, string Metadata)[] presets =
        [
            (Issuer, "https://mail.contoso.test/sts/", "https://mail.contoso.test/sts/common/.well-known/openid-configuration"),
            (TokenIssuer.ActionMail(new Uri("http://localhost:5080"), "x"), "http://localhost:5080/sts/", "http://localhost:5080/sts/common/.well-known/openid-configuration"),
            (TokenIssuer.ActionMailEntra(new Uri("https://mail.contoso.test"), "t", "x"), "https://mail.contoso.test/t/v2.0", "https://mail.contoso.test/t/v2.0/.well-known/openid-configuration"),
            (TokenIssuer.OutlookEat("x"), "https://substrate.office.com/sts/", "https://substrate.office.com/sts/common/.well-known/openid-configuration"),
            (TokenIssuer.OutlookEntra(tenant, "x"), $"https://login.microsoftonline.com/{tenant}/v2.0", $"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"),
        ];

        Assert.All(presets, preset => Assert.Equal((preset.Name, preset.Metadata), (preset.Issuer.Issuer, preset.Issuer.MetadataAddress.AbsoluteUri)));
        Assert.All(presets, preset => Assert.Equal(["48af08dc-f6d2-435f-b2a7-069abd99c086"], preset.Issuer.CallerApplicationIds));
    }
}
