using System.Net;
using System.Text;

namespace ActionMail.Sdk.Tests;

/// <summary>The answers as they arrive at a platform, through Kestrel and HttpClient.</summary>
public sealed class CardResultTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;

    public async ValueTask InitializeAsync() => _issuer = await TestIssuer.StartAsync();

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task Done_is_200_with_the_text_and_no_body()
    {
        var answer = await AnswerAsync(CardResult.Done("Request has been successfully approved"));

        Assert.Equal(new Answer(HttpStatusCode.OK, "Request has been successfully approved", null, null, null, ""), answer);
    }

    [Fact]
    public async Task Update_is_200_with_the_text_and_the_card()
    {
        var answer = await AnswerAsync(CardResult.Update(TestData.Card, "Done"));

        Assert.Equal(new Answer(HttpStatusCode.OK, "Done", "true", null, "application/json", TestData.Card), answer);
    }

    [Fact]
    public async Task Update_takes_a_MessageCard_too()
    {
        const string card = """{"@type":"MessageCard","@context":"https://schema.org/extensions","text":"Hello"}""";

        Assert.Equal(card, (await AnswerAsync(CardResult.Update(card))).Body);
    }

    [Fact]
    public async Task Update_without_a_text_has_no_status_header()
    {
        var answer = await AnswerAsync(CardResult.Update(TestData.Card));

        Assert.Equal(new Answer(HttpStatusCode.OK, null, "true", null, "application/json", TestData.Card), answer);
    }

    [Fact]
    public async Task Refused_has_the_status_and_the_text()
    {
        var answer = await AnswerAsync(CardResult.Refused(403, "Only an owner can decide"));

        Assert.Equal(new Answer(HttpStatusCode.Forbidden, "Only an owner can decide", null, null, null, ""), answer);
    }

    [Fact]
    public async Task SignInRequired_is_401_with_the_address()
    {
        var answer = await AnswerAsync(CardResult.SignInRequired(new Uri("https://api.contoso.test/sign-in?next=ü")));

        Assert.Equal(new Answer(HttpStatusCode.Unauthorized, null, null, "https://api.contoso.test/sign-in?next=%C3%BC", null, ""), answer);
    }

    [Theory]
    [InlineData("Genehmigt für Zoë – 承認 🙂", "Genehmigt für Zoë – 承認 🙂")]
    [InlineData("Done\r\nSet-Cookie: a=b", "Done Set-Cookie: a=b")]
    [InlineData("  a\t\tb \u2028 c  ", "a b c")]
    [InlineData("nul\0 bell\a del\u007f c1\u0085 end", "nul bell del c1 end")]
    [InlineData("turn \u202Eevil\u202C \u2066round\u2069", "turn evil round")]
    [InlineData("<b>100% & \"quoted\"</b>", "<b>100% & \"quoted\"</b>")]
    public async Task A_status_text_arrives_as_one_clean_line(string text, string expected)
    {
        Assert.Equal(expected, (await AnswerAsync(CardResult.Done(text))).Text);
    }

    [Fact]
    public async Task Half_of_a_character_is_replaced()
    {
        Assert.Equal("half \uFFFD of one", (await AnswerAsync(CardResult.Done("half \uD83D of one"))).Text);
    }

    [Fact]
    public async Task A_long_text_is_cut_at_256_characters_and_never_inside_one()
    {
        var plain = (await AnswerAsync(CardResult.Done(new string('a', 10_000)))).Text;
        var faces = (await AnswerAsync(CardResult.Done("x" + string.Concat(Enumerable.Repeat("🙂", 300))))).Text!;

        Assert.Equal(new string('a', 255) + "…", plain);
        Assert.InRange(faces.Length, 250, 256);
        Assert.DoesNotContain('\uFFFD', faces);
    }

    [Fact]
    public void Answers_that_no_platform_could_use_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CardResult.Done(" "));
        Assert.Throws<ArgumentException>(() => CardResult.Update("""{"type":"Message"}""", "x"));
        Assert.Throws<ArgumentException>(() => CardResult.Update("""{"@type":"Event"}""", "x"));
        Assert.Throws<ArgumentException>(() => CardResult.Update("""{"@type":"MessageCard"}""", "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CardResult.Refused(200, "x"));
        Assert.Throws<ArgumentException>(() => CardResult.SignInRequired(new Uri("http://api.contoso.test/")));
        Assert.Throws<ArgumentException>(() => CardResult.SignInRequired(new Uri("/sign-in", UriKind.Relative)));
    }

    private async Task<Answer> AnswerAsync(CardResult result)
    {
        await using var service = await TestService.StartAsync(_issuer, endpoint: () => result);
        using var response = await service.ActAsync(_issuer.Mint(ActionTokenParts.Eat(_issuer, TestService.Audience, service.Now)));
        return new Answer(
            response.StatusCode,
            Header(response, "CARD-ACTION-STATUS") is { } text ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)) : null,
            Header(response, "CARD-UPDATE-IN-BODY"),
            Header(response, "ACTION-AUTHENTICATE"),
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync());
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private sealed record Answer(HttpStatusCode Status, string? Text, string? Update, string? SignIn, string? ContentType, string Body);
}
