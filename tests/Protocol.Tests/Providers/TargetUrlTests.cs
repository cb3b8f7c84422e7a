using ActionMail.Protocol.Providers;

namespace ActionMail.Protocol.Tests.Providers;

/// <summary>Security G-01, G-02: the table of targets and of URLs that only look as if they lay under one.</summary>
public sealed class TargetUrlTests
{
    [Theory]
    [InlineData("https://API.CONTOSO.TEST/approve?x=1")]
    [InlineData("https://api.contoso.test/")]
    [InlineData("https://api.contoso.test")]
    [InlineData("https://api.contoso.test:443/x")]
    [InlineData("https://api.contoso.test/x?u=https://evil.test/@y")]
    public void The_registered_host_is_covered(string url) => Assert.True(Covers(Target("https://api.contoso.test", includeSubdomains: false), url));

    [Theory]
    [InlineData("https://api.contoso.test.evil.test/")]
    [InlineData("https://evilapi.contoso.test/")]
    [InlineData("https://api.contoso.test@evil.test/")]
    [InlineData("https://api.contoso.test:443@evil.test/")]
    [InlineData("https://evil.test/api.contoso.test")]
    [InlineData("https://evil.test#api.contoso.test")]
    [InlineData("https://evil.test?x=api.contoso.test")]
    [InlineData("https://api.contoso.test\\@evil.test/")]
    [InlineData("https:/\\evil.test/")]
    [InlineData("//api.contoso.test/")]
    [InlineData("http://api.contoso.test/")]
    [InlineData("https://api.contoso.test:8443/")]
    [InlineData("https://api.contoso.test./")]
    [InlineData("https://x.api.contoso.test/")]
    [InlineData("https://API.contoso.test%2eevil.test/")]
    [InlineData("https://api.contoso。test/")]
    [InlineData("https://ⓐpi.contoso.test/")]
    [InlineData("https://api.con\u00ADtoso.test/")]
    [InlineData("https://℀.contoso.test/")]
    [InlineData(" https://api.contoso.test/")]
    [InlineData("https://api.contoso.test/\t")]
    [InlineData("https://api.contoso.test\n/")]
    [InlineData("https://api.contoso.test:0443/")]
    [InlineData("https://api.contoso.test:/")]
    [InlineData("https://[::1]/")]
    [InlineData("ftp://api.contoso.test/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public void Nothing_else_is(string url) => Assert.False(Covers(Target("https://api.contoso.test", includeSubdomains: false), url));

    [Fact]
    public void A_url_of_nine_thousand_characters_is_refused() =>
        Assert.False(Covers(Target("https://api.contoso.test"), "https://api.contoso.test/" + new string('a', 9_000)));

    [Theory]
    [InlineData("https://x.api.contoso.test/", true)]
    [InlineData("https://a.b.api.contoso.test/", true)]
    [InlineData("https://xapi.contoso.test/", false)]
    [InlineData("https://contoso.test/", false)]
    public void Subdomains_are_covered_on_a_label_boundary(string url, bool covered) => Assert.Equal(covered, Covers(Target("https://api.contoso.test"), url));

    [Theory]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://010.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.5]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://*")]
    [InlineData("https://")]
    [InlineData("https://.contoso.test")]
    [InlineData("https://*.contoso.test")]
    [InlineData("https://contoso.test/../x")]
    [InlineData("https://contoso.test/path")]
    [InlineData("https://localhost")]
    [InlineData("https://server.local")]
    [InlineData("https://server.internal")]
    [InlineData("https://api.contoso.test:25")]
    [InlineData("https://com")]
    public void An_address_pattern_or_inward_name_cannot_be_registered(string text) =>
        Assert.False(TargetUrl.TryParse(text, UrlPolicy.HttpsOnly, out _, out _));

    [Fact]
    public void Only_the_emulator_knows_http_and_only_for_localhost()
    {
        Assert.True(TargetUrl.TryParse("http://localhost:5081", UrlPolicy.LoopbackHttp, out var target, out _));
        Assert.True(ActionUrl.TryParse("http://localhost:5081/x", UrlPolicy.LoopbackHttp, out var url, out _) && target.Covers(url));

        Assert.False(TargetUrl.TryParse("http://localhost:5081", UrlPolicy.HttpsOnly, out _, out _));
        Assert.False(TargetUrl.TryParse("http://127.0.0.1:5081", UrlPolicy.LoopbackHttp, out _, out _));
        Assert.False(TargetUrl.TryParse("http://evil.localhost:5081", UrlPolicy.LoopbackHttp, out _, out _));
        Assert.False(ActionUrl.TryParse("http://api.contoso.test/", UrlPolicy.LoopbackHttp, out _, out _));
    }

    [Fact]
    public void What_was_checked_is_what_is_connected_to()
    {
        Assert.True(ActionUrl.TryParse("https://API.Contoso.Test:8443/a?b#c", UrlPolicy.HttpsOnly, out var url, out _));

        Assert.Equal(("api.contoso.test", 8443), (url.Host, url.Port));
        Assert.Equal((url.Host, url.Port), (url.Uri.IdnHost, url.Uri.Port));
        Assert.Equal("https://api.contoso.test:8443", url.Origin);
    }

    private static TargetUrl Target(string text, bool includeSubdomains = true)
    {
        Assert.True(TargetUrl.TryParse(text, UrlPolicy.HttpsOnly, out var target, out var why, includeSubdomains), why);
        return target;
    }

    private static bool Covers(TargetUrl target, string url) => ActionUrl.TryParse(url, UrlPolicy.HttpsOnly, out var parsed, out _) && target.Covers(parsed);
}
