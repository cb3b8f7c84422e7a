using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Signing;
using Groups;
using Microsoft.AspNetCore.Builder;

namespace ActionMail.Sdk.Tests;

/// <summary>
/// The Groups sample as a running process would be: its own Kestrel, its own database file, with a token issuer and an SMTP
/// server in the platform's place. What stands between is done as a platform does it: the card is taken out of the mail and
/// verified, inputs are put into its actions, tokens are minted for the actor.
/// </summary>
public sealed class GroupsHost : IAsyncDisposable
{
    private const string PublicUrl = "http://groups.test";

    // Making a key takes longer than most tests.
    private static readonly string Key = SigningKey.CreateRsa(2048).ToPem();

    private readonly string _dataFolder = Directory.CreateTempSubdirectory("groups-test-").FullName;
    private readonly TestIssuer _issuer;
    private WebApplication _app = null!;

    static GroupsHost() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");

    private GroupsHost(TestIssuer issuer) => _issuer = issuer;

    public SmtpSink Mail { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public static async Task<GroupsHost> StartAsync()
    {
        var host = new GroupsHost(await TestIssuer.StartAsync());
        await File.WriteAllTextAsync(Path.Combine(host._dataFolder, "signing-key.pem"), Key);
        await host.RunAsync(seed: false);
        return host;
    }

    /// <summary>Stops it and starts it again over the same data.</summary>
    public async Task RestartAsync(bool seed = false)
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await RunAsync(seed);
    }

    public Task<HttpResponseMessage> PostAsync(string form, params (string Name, string Value)[] fields) =>
        Client.PostAsync(form, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<string> PageAsync() => Client.GetStringAsync("/");

    /// <summary>The next mail's card, by the platform's own verification for the mailbox.</summary>
    public async Task<GroupsCard> ReceiveAsync(string mailbox)
    {
        var mail = await Mail.NextAsync();
        var html = mail.Message.HtmlBody!;
        var start = html.IndexOf("overflow:hidden;\">", StringComparison.Ordinal) + "overflow:hidden;\">".Length;
        var jws = html[start..html.IndexOf('<', start)];
        var registered = Assert.IsType<KeyReading.Read>(PublicKeyText.Read(await Client.GetStringAsync("/public-key"))).Key;
        var verified = Assert.IsType<SignedCardResult.Verified>(SignedCardVerification.Verify(jws, CardKind.AdaptiveCard,
            TestData.Platform(registered, mail.Message.From.Mailboxes.Single().Address, mailbox, DateTimeOffset.FromUnixTimeSeconds(mail.Message.Date.ToUnixTimeSeconds())),
            CardLimits.Default));
        return new GroupsCard(this, verified.CardJson, mail);
    }

    /// <summary>A click as the platform sends it.</summary>
    public async Task<GroupsAnswer> CallAsync(string url, string body, string actor, Guid? click = null, bool withToken = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url.Replace(PublicUrl, "", StringComparison.Ordinal));
        request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        if (withToken)
            request.Headers.Authorization = new("Bearer", _issuer.Mint(ActionTokenParts.Eat(_issuer, PublicUrl, TimeProvider.System.GetUtcNow(), actor)));
        request.Headers.Add("Action-Request-Id", (click ?? Guid.NewGuid()).ToString("D"));
        using var response = await Client.SendAsync(request);
        var text = response.Headers.TryGetValues("CARD-ACTION-STATUS", out var values) ? values.Single() : null;
        var isCard = response.Headers.TryGetValues("CARD-UPDATE-IN-BODY", out var update) && update.Single() == "true";
        var content = await response.Content.ReadAsStringAsync();
        return new GroupsAnswer(response.StatusCode, text, isCard ? new GroupsCard(this, content, Mail: null) : null);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _issuer.DisposeAsync();
        await Mail.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_dataFolder, recursive: true);
    }

    private async Task RunAsync(bool seed)
    {
        _app = GroupsApp.Create(new GroupsOptions
        {
            Port = 0,
            DataFolder = _dataFolder,
            PublicUrl = new Uri(PublicUrl),
            Platform = _issuer.Address,
            SmtpPort = Mail.Port,
            Seed = seed,
        });
        await _app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }
}

/// <summary>What a click came to.</summary>
public sealed record GroupsAnswer(HttpStatusCode Status, string? Text, GroupsCard? Card);

/// <summary>A card of the sample, in the hands of a platform.</summary>
public sealed record GroupsCard(GroupsHost Host, string Json, SunkMail? Mail)
{
    public Card Read { get; } = Assert.IsType<CardReading.Read>(ActionMail.Protocol.Cards.Card.Read(Json, CardLimits.Default)).Card;

    /// <summary>Every text that the card shows, in order.</summary>
    public IReadOnlyList<string> Texts => [.. Elements("TextBlock").Select(block => block.GetProperty("text").GetString()!)];

    public IReadOnlyList<string> Buttons => [.. Read.Actions.Where(action => action.Id != CardAction.AutoInvokeId).Select(action => action.Title)];

    public IReadOnlyList<string> Boxes => [.. Read.Inputs.Keys.Order(StringComparer.Ordinal)];

    public string? ColorOf(string text) => Elements("TextBlock")
        .Where(block => block.GetProperty("text").GetString() == text)
        .Select(block => block.TryGetProperty("color", out var color) ? color.GetString() : null).Single();

    public Task<GroupsAnswer> PressAsync(string button, string actor, string[]? selected = null, Guid? click = null) =>
        CallAsync(Read.Actions.OfType<CardAction.Http>().Single(action => action.Title == button), actor, selected ?? [], click);

    public Task<GroupsAnswer> AutoInvokeAsync(string actor) => CallAsync(Read.AutoInvoke!, actor, [], click: null);

    private Task<GroupsAnswer> CallAsync(CardAction.Http action, string actor, string[] selected, Guid? click) => Host.CallAsync(
        action.Url.ToString(),
        action.Body!.Fill((_, input) => JsonEncodedText.Encode(selected.Contains(input, StringComparer.Ordinal) ? "true" : "false").Value),
        actor, click);

    private IEnumerable<JsonElement> Elements(string type) => Descend(JsonElement.Parse(Read.Json.RawText)).Where(element =>
        element.TryGetProperty("type", out var own) && own.ValueKind == JsonValueKind.String && own.GetString() == type);

    private static IEnumerable<JsonElement> Descend(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Descend(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Descend),
        _ => [],
    };
}
