using System.Collections.Immutable;
using System.Text.Json;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Protocol.Tests.Actions;

/// <summary>Security G-08 to G-12: what the receiver parses is what the actor typed, for every value and every place.</summary>
public sealed class SubstitutionTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly string[] Attacks =
    [
        "\",\"role\":\"admin\",\"x\":\"", "$'", "$&", "$0", "$_", "\\", "\\u0000", "</script>", "{{b.value}}", "../../admin", "%2e%2e/", "..;/", "a/b?c#d", "\r\n",
        "1&role=admin", "#", "é", "x\r\nX-Evil: 1", "x\0", "čĊ", "\u2028", "😀", "{{a.value}}", "true", "12", "",
    ];

    private static readonly Gen<string> Typed =
        Gen.OneOf(Gen.Int[0, Attacks.Length - 1].Select(index => Attacks[index]), Gen.String[0, 40].Where(text => !text.Any(char.IsSurrogate)));

    [Fact]
    public void A_value_inside_a_json_string_parses_back() => Typed.SampleFixed(value =>
    {
        var body = JsonDocument.Parse(Compose("""{"a":"<{{a.value}}>","role":"user"}""", value).Body!).RootElement;

        return body.GetProperty("a").GetString() == $"<{value}>" && body.GetProperty("role").GetString() == "user" && body.EnumerateObject().Count() == 2;
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_value_in_place_of_a_json_value_stays_one_value() => Typed.SampleFixed(value =>
    {
        var body = JsonDocument.Parse(Compose("""{"a":{{a.value}},"role":"user"}""", value).Body!).RootElement;

        return body.GetProperty("role").GetString() == "user" && body.EnumerateObject().Count() == 2
            && (body.GetProperty("a").ValueKind != JsonValueKind.String || body.GetProperty("a").GetString() == value);
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_value_in_a_form_stays_one_value() => Typed.SampleFixed(value =>
    {
        var pairs = Compose("a={{a.value}}&role=user", value, "application/x-www-form-urlencoded").Body!.Split('&');

        return pairs.Length == 2 && pairs[1] == "role=user" && Uri.UnescapeDataString(pairs[0][2..].Replace('+', ' ')) == value;
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_value_in_the_url_stays_one_segment_and_one_query_value() => Typed.Where(value => value is not ("." or "..")).SampleFixed(value =>
    {
        var uri = Compose("", value, url: "https://api.contoso.test/x/{{a.value}}/y?q={{a.value}}&z=1").Url.Uri;
        var segments = uri.AbsolutePath.Split('/');
        var query = uri.Query.TrimStart('?').Split('&');

        return uri.IdnHost == "api.contoso.test" && segments.Length == 4 && Uri.UnescapeDataString(segments[2]) == value
            && query.Length == 2 && Uri.UnescapeDataString(query[0][2..]) == value;
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void No_value_brings_a_line_into_a_header() => Typed.SampleFixed(value =>
    {
        var header = Compose("", value, header: "id={{a.value}}").Headers.Single(pair => pair.Key == "X-Value").Value;

        return header.All(c => c is > ' ' and <= '~') && Uri.UnescapeDataString(header[3..]) == value;
    }, seed: Seed, iter: 2_000);

    [Theory]
    [InlineData("https://api.contoso.test/x/{{a.value}}", "..")]
    [InlineData("https://api.contoso.test/x/{{a.value}}/y", ".")]
    [InlineData("https://api.contoso.test/x/.{{a.value}}/y", ".")]
    public void A_value_that_would_climb_the_path_is_refused(string url, string value) =>
        Assert.IsType<ActionRequestReading.ValueRefused>(Read(url, "", null, null, value));

    [Fact]
    public void A_substituted_value_is_not_looked_at_again() => Assert.Equal("""{"a":"{{b.value}}","b":"SECRET"}""", Compose("""{"a":"{{a.value}}","b":"{{b.value}}"}""", "{{b.value}}").Body);

    [Fact]
    public void Ids_match_whatever_their_case_and_other_braces_are_text() => Assert.Equal("""{"a":"v","d":"{{DATE(x)}}","u":""}""", Compose("""{"a":"{{ A.Value }}","d":"{{DATE(x)}}","u":"{{nobody.value}}"}""", "v").Body);

    [Fact]
    public void A_body_that_repeats_a_large_value_is_refused_before_it_is_made() =>
        Assert.IsType<ActionRequestReading.TooLarge>(Read("https://api.contoso.test/", string.Concat(Enumerable.Repeat("{{a.value}}", 100)), null, null, new string('x', 100_000)));

    [Fact]
    public void A_url_or_header_that_repeats_a_value_is_refused_before_it_is_made()
    {
        Assert.IsType<ActionRequestReading.TooLarge>(Read("https://api.contoso.test/" + string.Concat(Enumerable.Repeat("{{a.value}}", 10_000)), "", null, null, "x"));
        Assert.IsType<ActionRequestReading.TooLarge>(Read("https://api.contoso.test/", "", null, "{{a.value}}{{a.value}}", new string('x', 2_100)));
        Assert.IsType<ActionRequestReading.Ready>(Read("https://api.contoso.test/{{a.value}}", "", null, "{{a.value}}", new string('x', 2_000)));
    }

    [Fact]
    public void Json_in_text_plain_cannot_be_broken_out_of() =>
        Assert.Equal("""{"a":"\"x"}""", Compose("""{"a":"{{a.value}}"}""", "\"x", "text/plain").Body!.Replace("\\u0022", "\\\"", StringComparison.Ordinal));

    /// <summary>No RFC 8259, but Newtonsoft.Json and JSON5 read it.</summary>
    [Theory]
    [InlineData("{'a':'{{a.value}}','role':'user'}")]
    [InlineData("{'it\"s':'{{a.value}}','role':'user'}")]
    [InlineData("{a:`{{a.value}}`,role:'user'}")]
    public void Strings_between_apostrophes_cannot_be_broken_out_of(string body)
    {
        const string attack = "','role':'admin`";

        var filled = Compose(body, attack).Body!;

        Assert.DoesNotContain("role':'admin", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("admin`", filled, StringComparison.Ordinal);
        Assert.Equal(Compose(body, "x").Body!.Count(letter => letter is '\'' or '`'), filled.Count(letter => letter is '\'' or '`'));
    }

    [Theory]
    [InlineData("""payload={"a":"{{a.value}}",}""")]
    [InlineData("""payload={'a':"{{a.value}}"}""")]
    [InlineData("""{"text":"{\"a\":\"{{a.value}}\",}"}""")]
    public void Nor_JSON_within_another_text_that_only_a_lenient_parser_reads(string body)
    {
        var sent = Uri.UnescapeDataString(Compose(body, "\",\"role\":\"admin").Body!).Replace("\\\"", "\"", StringComparison.Ordinal);

        Assert.Contains("admin", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\"role\"", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("note={{{a.value}}}", "note={O%27Brien}")]
    [InlineData("note=[{{a.value}}]", "note=[O%27Brien]")]
    public void A_text_in_brackets_is_no_JSON(string body, string sent) => Assert.Equal(sent, Compose(body, "O'Brien").Body);

    [Fact]
    public void An_apostrophe_in_JSON_is_sent_as_it_was_typed() => Assert.Equal("""{"a":"it's"}""", Compose("""{"a":"{{a.value}}"}""", "it's").Body);

    [Fact]
    public void An_emptied_authorization_moves_the_token()
    {
        var card = Fixtures.Card("""{"type":"AdaptiveCard","actions":[{"type":"Action.Http","method":"GET","url":"https://api.contoso.test/","headers":[{"name":"Authorization","value":""}]}]}""");
        var request = Assert.IsType<ActionRequestReading.Ready>(ActionRequestComposer.Compose((CardAction.Http)card.Actions[0], ImmutableSortedDictionary<string, string>.Empty, Fixtures.P1, UrlPolicy.HttpsOnly, ActionLimits.Default)).Request;

        Assert.True(request.UsesActionAuthorization);
        Assert.Null(request.Body);
        Assert.Empty(request.Headers);
    }

    private static ActionRequest Compose(string body, string value, string? contentType = null, string? header = null, string url = "https://api.contoso.test/") =>
        Assert.IsType<ActionRequestReading.Ready>(Read(url, body, contentType, header, value)).Request;

    private static ActionRequestReading Read(string url, string body, string? contentType, string? header, string value)
    {
        var headers = new List<object>();
        if (contentType is not null)
            headers.Add(new { name = "Content-Type", value = contentType });
        if (header is not null)
            headers.Add(new { name = "X-Value", value = header });
        var json = JsonSerializer.Serialize(new { type = "AdaptiveCard", actions = new[] { new { type = "Action.Http", method = "POST", url, headers, body } } });
        var values = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("a", value).Add("b", "SECRET");
        return ActionRequestComposer.Compose((CardAction.Http)Fixtures.Card(json).Actions[0], values, Fixtures.P1, UrlPolicy.HttpsOnly, ActionLimits.Default);
    }
}
