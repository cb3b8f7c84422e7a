using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Tests;
using CsCheck;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace ActionMail.Protocol.Tests.Actions;

/// <summary>
/// Security G-08 to G-12, as properties over hostile values and over templates that would help them: what the receiver parses is what the
/// actor typed, and nothing else of the request changes.
/// </summary>
public sealed class SubstitutionPropertyTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly string[] Hostile =
    [
        "\"", "\\", "{", "}", "[", "]", ":", ",", "{{a.value}}", "{{b.value}}", "{{", "}}", "$&", "$'", "$0", "$_", "\0", "\x01", "\b", "\t", "\r", "\n", "\r\nX-Evil: 1", "%", "%2e", "%2E%2e", "%0d%0a",
        ".", "..", "/", "?", "#", "&", "=", "&role=admin", "+", " ", ";", "@", "\\u0022", "\\\"", "\",\"role\":\"admin", "<", ">", "</a>", "]]>", "<!--", "'", "true", "null", "1e999", "-0", "12", "0x1", "1.50", "é", "İ", "čĊ",
        "\u0085", "\u00a0", "\u202e", "\u2066", "\u2028", "\u2029", "\ufeff", "\ufffd", "\uffff", "😀", "\U00010000", "__proto__", "role", "{\"x\":1}", "[{}]", "abc",
    ];

    private static readonly Gen<string> Typed = OneOf(Hostile).Array[0, 6].Select(string.Concat);

    private static readonly Gen<(string A, string B, string C)> Three = Gen.Select(Typed, Typed, Typed, (a, b, c) => (a, b, c));

    [Fact]
    public void Url_segment_query_value_and_fragment_are_what_was_typed() => Three.Where(typed => typed.A is not ("." or "..")).SampleFixed(typed =>
    {
        var uri = Ready("https://api.contoso.test/x/{{a.value}}/y?q={{b.value}}&z=1#f{{c.value}}", null, null, typed).Url.Uri;
        var (path, query) = (uri.AbsolutePath.Split('/'), uri.Query.Split('&'));

        Assert.Equal(("https", "api.contoso.test", 443, ""), (uri.Scheme, uri.IdnHost, uri.Port, uri.UserInfo));
        Assert.Equal(["", "x", typed.A, "y"], path.Select(Uri.UnescapeDataString));
        Assert.Equal(["?q=" + typed.B, "z=1"], query.Select(Uri.UnescapeDataString));
        // As written, for System.Uri drops a space at the very end of a fragment. No fragment is ever sent.
        Assert.Equal("#f" + typed.C, Uri.UnescapeDataString(uri.OriginalString[uri.OriginalString.IndexOf('#', StringComparison.Ordinal)..]));
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_header_is_one_line_of_visible_ascii_and_says_what_was_typed() => Three.SampleFixed(typed =>
    {
        var request = Ready("https://api.contoso.test/", "{}", "<{{a.value}}|{{b.value}}>", typed);
        var header = Assert.Single(request.Headers);

        Assert.DoesNotContain(header.Value, letter => letter is <= ' ' or > '~');
        Assert.Equal($"<{typed.A}|{typed.B}>", Uri.UnescapeDataString(header.Value));
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void Json_of_any_shape_keeps_its_shape_and_its_texts_are_what_was_typed() => Gen.Select(Json(3), Typed, (json, typed) => (json, typed)).SampleFixed(pair =>
    {
        var template = pair.json?.ToJsonString() ?? "null";
        var body = Ready("https://api.contoso.test/", template, null, (pair.typed, "SECRET", "SECRET")).Body!;

        AssertFilled(JsonNode.Parse(template), JsonNode.Parse(body), pair.typed);
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_value_in_place_of_a_whole_json_value_is_one_value() => Three.SampleFixed(typed =>
    {
        var body = JsonDocument.Parse(Ready("https://api.contoso.test/", """{"a":{{a.value}},"list":[{{b.value}}, {{c.value}}],"role":"user"}""", null, typed).Body!).RootElement;
        ImmutableArray<JsonElement> values = [body.GetProperty("a"), .. body.GetProperty("list").EnumerateArray()];

        Assert.Equal(["a", "list", "role"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal([typed.A, typed.B, typed.C], values.Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        Assert.DoesNotContain(values, value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || (value.ValueKind == JsonValueKind.Number && !double.IsFinite(value.GetDouble())));
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_value_in_a_members_name_makes_no_two_names_one() => Typed.SampleFixed(typed =>
    {
        var reading = Read("https://api.contoso.test/", """{"{{a.value}}":1,"role":2}""", "application/json", null, (typed, "", ""));
        // A parser that keeps the last of two, or takes the one for a prototype, would see another request.
        var isAnother = string.Equals(typed, "role", StringComparison.OrdinalIgnoreCase) || typed is "__proto__";

        Assert.Equal(isAnother, reading is ActionRequestReading.ValueRefused);
        if (reading is ActionRequestReading.Ready(var request))
            Assert.Equal([typed, "role"], JsonDocument.Parse(request.Body!).RootElement.EnumerateObject().Select(member => member.Name));
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void A_form_keeps_its_fields_and_their_values_are_what_was_typed() => Three.SampleFixed(typed =>
    {
        var fields = Ready("https://api.contoso.test/", """a={{a.value}}&payload={"text":"{{b.value}}","n":1}&c=%3C{{c.value}}+x&role=user""", null, typed, "application/x-www-form-urlencoded; charset=utf-8")
            .Body!.Split('&').Select(field => field.Split('=', 2)).Select(field => (Name: field[0], Value: Uri.UnescapeDataString(field[1].Replace('+', ' ')))).ToList();

        Assert.Equal(["a", "payload", "c", "role"], fields.Select(field => field.Name));
        Assert.Equal((typed.A, $"<{typed.C} x", "user"), (fields[0].Value, fields[2].Value, fields[3].Value));
        AssertFilled(JsonNode.Parse("""{"text":"{{a.value}}","n":1}"""), JsonNode.Parse(fields[1].Value), typed.B);
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void Xml_keeps_its_elements_and_their_texts_are_what_was_typed() => Three.SampleFixed(typed =>
    {
        var reading = Read("https://api.contoso.test/", """<r x="{{a.value}}" y='{{b.value}}'><t>{{c.value}}</t></r>""", "text/xml", null, typed);
        if (reading is ActionRequestReading.ValueRefused)
        {
            Assert.Contains(typed.A + typed.B + typed.C, letter => letter is < ' ' or '\uffff');
            return;
        }
        var root = XDocument.Parse(Assert.IsType<ActionRequestReading.Ready>(reading).Request.Body!, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal((typed.A, typed.B, typed.C), (root.Attribute("x")!.Value, root.Attribute("y")!.Value, root.Element("t")!.Value));
        Assert.Equal((2, 1), (root.Attributes().Count(), root.DescendantNodes().OfType<XElement>().Count()));
    }, seed: Seed, iter: 2_000);

    [Fact]
    public void Plain_text_is_the_cards_text_with_what_was_typed() => Three.SampleFixed(typed =>
        Assert.Equal($"1: {typed.A}\n2: {typed.B}{typed.C}", Ready("https://api.contoso.test/", "1: {{a.value}}\n2: {{ B.VALUE }}{{c.value}}", null, typed, "text/plain").Body), seed: Seed, iter: 2_000);

    [Fact]
    public void No_literal_of_a_url_helps_a_value_to_climb_the_path_or_to_leave_its_segment()
    {
        var literals = OneOf(".", "%", "%2", "%2e", "e", "2e", "/", "x", "{{a.value}}", "{{b.value}}", "?", "#").Array[1, 8].Select(string.Concat);
        Gen.Select(literals, Typed, OneOf(".", "e", "2e", "E", "%2e", ""), (path, a, b) => (path, a, b)).SampleFixed(drawn =>
        {
            var url = "https://api.contoso.test/" + drawn.path;
            if (CardOf(url, "{}", null, null) is not { } card)
                return;
            if (!Uri.TryCreate(Template.Parse(url).Fill((_, _) => "v"), UriKind.Absolute, out var harmless)
                || Compose(card, (drawn.a, drawn.b, "")) is not ActionRequestReading.Ready(var request))
                return;
            var uri = request.Url.Uri;
            Assert.Equal((harmless.Scheme, harmless.Host, harmless.Port), (uri.Scheme, uri.Host, uri.Port));
            Assert.Equal(harmless.AbsolutePath.Count(letter => letter == '/'), uri.AbsolutePath.Count(letter => letter == '/'));
            // The literals' own escapes decode the same; only the values differ.
            Assert.Equal(Template.Parse(Uri.UnescapeDataString(url)).Fill((_, id) => id == "a" ? drawn.a : drawn.b).Length, Uri.UnescapeDataString(uri.OriginalString).Length);
        }, seed: Seed, iter: 5_000);
    }

    [Theory]
    [InlineData("a backslash before the value", """{"a":"\{{a.value}}"}""", "application/json")]
    [InlineData("half of a \\u escape before the value", """{"a":"\u00{{a.value}}"}""", "application/json")]
    [InlineData("the same in a string that holds JSON", """{"a":"{\"b\":\"\\{{a.value}}\"}"}""", "application/json")]
    [InlineData("half of a percent escape", "a=%{{a.value}}", "application/x-www-form-urlencoded")]
    public void A_value_that_would_complete_an_escape_is_refused(string why, string body, string contentType)
    {
        var refused = Assert.IsType<ActionRequestReading.ValueRefused>(Read("https://api.contoso.test/", body, contentType, null, ("\"", "", "")));

        Assert.True(refused.InputId == "a", why);
    }

    [Theory]
    [InlineData("""{"a":"\\{{a.value}}"}""", """{"a":"\\x"}""")]
    [InlineData("""{"a":"\u0041{{a.value}}"}""", """{"a":"\u0041x"}""")]
    [InlineData("""{"a":"[{{a.value}}] is no list"}""", """{"a":"[x] is no list"}""")]
    [InlineData("""{"a":"[{{a.value}}]"}""", """{"a":"[x]"}""")]
    public void A_value_behind_a_whole_escape_is_written(string body, string filled) =>
        Assert.Equal(filled, Ready("https://api.contoso.test/", body, null, ("x", "", "")).Body);

    [Fact]
    public void A_place_in_the_middle_of_a_percent_escape_makes_the_card_malformed()
    {
        Assert.Null(CardOf("https://api.contoso.test/%{{a.value}}", "{}", null, null));
        Assert.Null(CardOf("https://api.contoso.test/?q=%2{{a.value}}", "{}", null, null));
        Assert.NotNull(CardOf("https://api.contoso.test/%25{{a.value}}", "{}", null, null));
    }

    [Fact]
    public void Every_kind_of_input_arrives_as_it_was_entered()
    {
        const string inputs = """
            {"type":"Input.Text","id":"text"},{"type":"Input.Number","id":"number"},{"type":"Input.Date","id":"date"},{"type":"Input.Time","id":"time"},
            {"type":"Input.Toggle","id":"toggle","valueOn":"on \"1\"","valueOff":"off&"},
            {"type":"Input.ChoiceSet","id":"one","choices":[{"title":"A","value":"a,\"b"},{"title":"B","value":"}"}]},
            {"type":"Input.ChoiceSet","id":"many","isMultiSelect":true,"choices":[{"title":"A","value":"a,b"},{"title":"B","value":"\\"},{"title":"C","value":"c"}]}
            """;
        string[] ids = ["text", "number", "date", "time", "toggle", "one", "many"];
        var body = JsonSerializer.Serialize(ids.ToDictionary(id => id, id => $"{{{{{id}.value}}}}"));
        var card = Fixtures.Card($$"""{"type":"AdaptiveCard","body":[{{inputs}}],"actions":[{"type":"Action.Http","method":"POST","url":"https://api.contoso.test/?{{string.Join('&', ids.Select(id => $"{id}={{{{{id}.value}}}}"))}}","body":{{JsonSerializer.Serialize(body)}}}]}""");
        var entered = Gen.Select(
            Typed.Where(text => text.Length > 0),
            Gen.Double[-1e9, 1e9].Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            Gen.DateTime.Select(date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            Gen.Int[0, 1439].Select(minute => $"{minute / 60:00}:{minute % 60:00}"),
            OneOf("on \"1\"", "off&"),
            OneOf("a,\"b", "}"),
            OneOf("a,b", "\\", "c").Array[1, 3].Select(chosen => string.Join(',', chosen)),
            (text, number, date, time, toggle, one, many) => (string[])[text, number, date, time, toggle, one, many]);

        entered.SampleFixed(values =>
        {
            var given = ids.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
            var valid = Assert.IsType<InputReading.Valid>(InputValidation.Check(card, given, ActionLimits.Default)).Values;
            var request = Assert.IsType<ActionRequestReading.Ready>(ActionRequestComposer.Compose((CardAction.Http)card.Actions[0], valid, Fixtures.P1, UrlPolicy.HttpsOnly, ActionLimits.Default)).Request;

            Assert.Equal(given, JsonSerializer.Deserialize<Dictionary<string, string>>(request.Body!));
            Assert.Equal(ids.Zip(values).Select(pair => $"{pair.First}={pair.Second}"), request.Url.Uri.Query[1..].Split('&').Select(Uri.UnescapeDataString));
        }, seed: Seed, iter: 2_000);
    }

    [Fact]
    public void A_long_row_of_braces_is_read_in_time_in_proportion_to_it()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.True(Template.Parse(new string('{', 2_000_000) + "}}").IsLiteral);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    // Objects and lists, texts with a place, and texts that hold such JSON again, as deep as the filler goes.
    private static Gen<JsonNode?> Json(int depth)
    {
        var leaf = OneOf("{{a.value}}", "<{{a.value}}|{{a.value}}>", "plain", "\\ \" {", "[{{a.value}}]", "{ {{a.value}}", "é\n").Select(text => (JsonNode?)text);
        if (depth == 0)
            return leaf;
        var inner = Json(depth - 1);
        var members = inner.Array[1, 3].Select(values => (JsonNode?)new JsonObject(values.Select((value, index) => KeyValuePair.Create($"m{index}", value?.DeepClone()))));
        return Gen.OneOf(leaf, members, inner.Array[0, 3].Select(values => (JsonNode?)new JsonArray([.. values.Select(value => value?.DeepClone())])), members.Select(value => (JsonNode?)value!.ToJsonString()));
    }

    private static void AssertFilled(JsonNode? template, JsonNode? filled, string typed)
    {
        switch (template)
        {
            case JsonObject members:
                Assert.Equal(members.Select(member => member.Key), Assert.IsType<JsonObject>(filled).Select(member => member.Key));
                foreach (var (name, value) in members)
                    AssertFilled(value, filled![name], typed);
                break;
            case JsonArray items:
                Assert.Equal(items.Count, Assert.IsType<JsonArray>(filled).Count);
                for (var index = 0; index < items.Count; index++)
                    AssertFilled(items[index], filled![index], typed);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                var said = filled!.GetValue<string>();
                if (text.StartsWith("{\"", StringComparison.Ordinal))
                    AssertFilled(JsonNode.Parse(text), JsonNode.Parse(said), typed);
                else
                    Assert.Equal(text.Replace("{{a.value}}", typed, StringComparison.Ordinal), said);
                break;
            default:
                Assert.True(JsonNode.DeepEquals(template, filled));
                break;
        }
    }

    private static ActionRequest Ready(string url, string? body, string? header, (string, string, string) typed, string contentType = "application/json") =>
        Assert.IsType<ActionRequestReading.Ready>(Read(url, body ?? "{}", contentType, header, typed)).Request;

    private static ActionRequestReading Read(string url, string body, string contentType, string? header, (string, string, string) typed) =>
        Compose(CardOf(url, body, contentType, header)!, typed);

    private static Card? CardOf(string url, string body, string? contentType, string? header)
    {
        var headers = new[] { ("Content-Type", contentType), ("X-Value", header) }.Where(pair => pair.Item2 is not null).Select(pair => new { name = pair.Item1, value = pair.Item2 });
        var json = JsonSerializer.Serialize(new { type = "AdaptiveCard", actions = new[] { new { type = "Action.Http", method = "POST", url, headers, body } } });
        return Card.Read(json, CardLimits.Default) is CardReading.Read(var card) ? card : null;
    }

    private static ActionRequestReading Compose(Card card, (string A, string B, string C) typed)
    {
        var values = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("a", typed.A).Add("b", typed.B).Add("c", typed.C);
        return ActionRequestComposer.Compose((CardAction.Http)card.Actions[0], values, Fixtures.P1, UrlPolicy.HttpsOnly, ActionLimits.Default);
    }
}
