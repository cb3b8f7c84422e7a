using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.SignIn;

/// <summary>What the platform shows a person who signs a device in. RFC 8628 §3.2.</summary>
internal sealed record DeviceCode
{
    [JsonPropertyName("device_code")]
    public required string Secret { get; init; }

    [JsonPropertyName("user_code")]
    public required string UserCode { get; init; }

    [JsonPropertyName("verification_uri")]
    public required string Page { get; init; }

    [JsonPropertyName("verification_uri_complete")]
    public string? PageWithCode { get; init; }

    [JsonPropertyName("expires_in")]
    public required int ExpiresInSeconds { get; init; }

    /// <summary>5 where the platform gives none.</summary>
    [JsonPropertyName("interval")]
    public int IntervalSeconds { get; init; } = 5;
}

/// <summary>What asking for the token came to.</summary>
internal abstract record TokenReply
{
    private TokenReply() { }

    public sealed record Token(string Value, DateTimeOffset? ExpiresAt) : TokenReply;

    /// <summary>Ask again after the pause.</summary>
    public sealed record NotYet(bool SlowDown) : TokenReply;

    public sealed record Ended(Answer Because) : TokenReply;
}

/// <summary>
/// Sign-in of a program without a browser, RFC 8628: (1) ask for a code; (2) tell the person where to type it; (3) ask for the token until they have said yes or no, or
/// the code is too old.
/// </summary>
internal sealed class DeviceSignIn(Uri platform, TextWriter output, TimeProvider time) : IDisposable
{
    private const string ClientId = "actionmail";
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";
    private const int LongestName = 60;
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5); // RFC 8628 §3.5

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = platform, Timeout = TimeSpan.FromSeconds(10) };

    public async Task<TokenReply> RunAsync(CancellationToken cancel)
    {
        try
        {
            if (await BeginAsync(cancel) is not { } code)                                                                      // 1
                return new TokenReply.Ended(new Answer.Unreachable($"The platform at {platform} knows no sign-in for programs; check {PlatformAddress.UrlVariable} or --platform."));
            Tell(code);                                                                                                        // 2
            return await WaitAsync(code, cancel);                                                                              // 3
        }
        catch (HttpRequestException unreachable)
        {
            return Unreachable(unreachable.Message.TrimEnd('.'));
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Unreachable($"no answer within {_http.Timeout.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<DeviceCode?> BeginAsync(CancellationToken cancel)
    {
        var name = $"actionmail on {Environment.MachineName}";
        using var form = Form(("client_id", ClientId), ("device_name", name[..Math.Min(name.Length, LongestName)]));
        using var response = await _http.PostAsync(new Uri("api/device/code", UriKind.Relative), form, cancel);
        return response.IsSuccessStatusCode ? Read<DeviceCode>(await response.Content.ReadAsStringAsync(cancel)) : null;
    }

    private void Tell(DeviceCode code)
    {
        output.WriteLine($"Open {code.Page.Printable} in a browser where you are signed in, and enter");
        output.WriteLine();
        output.WriteLine($"    {code.UserCode.Printable}");
        output.WriteLine();
        if (code.PageWithCode is { } page)
            output.WriteLine($"or open {page.Printable} and compare the code. Waiting …");
        output.Flush();
    }

    private async Task<TokenReply> WaitAsync(DeviceCode code, CancellationToken cancel)
    {
        var (pause, end) = (TimeSpan.FromSeconds(Math.Max(0, code.IntervalSeconds)), time.GetUtcNow().AddSeconds(code.ExpiresInSeconds));
        while (time.GetUtcNow() < end)
        {
            await Task.Delay(pause, time, cancel);
            switch (await AskAsync(code, cancel))
            {
                case TokenReply.NotYet(var slowDown): pause += slowDown ? SlowDown : TimeSpan.Zero; break;
                case var definite: return definite;
            }
        }
        return TooLate();
    }

    private async Task<TokenReply> AskAsync(DeviceCode code, CancellationToken cancel)
    {
        using var form = Form(("grant_type", GrantType), ("device_code", code.Secret), ("client_id", ClientId));
        using var response = await _http.PostAsync(new Uri("api/device/token", UriKind.Relative), form, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        if (response.IsSuccessStatusCode && Read<TokenBody>(text) is { AccessToken: { Length: > 0 } token } body)
            return new TokenReply.Token(token, body.ExpiresInSeconds is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null);
        return Read<ErrorBody>(text)?.Error switch
        {
            "authorization_pending" => new TokenReply.NotYet(SlowDown: false),
            "slow_down" => new TokenReply.NotYet(SlowDown: true),
            "access_denied" => new TokenReply.Ended(new Answer.No("The sign-in was refused on the page. If that was not you, somebody else saw the code.")),
            "expired_token" => TooLate(),
            _ => new TokenReply.Ended(new Answer.Unreachable($"The platform at {platform} gave no token ({(int)response.StatusCode}); sign in again.")),
        };
    }

    private TokenReply.Ended Unreachable(string why) => new(new Answer.Unreachable($"The platform at {platform} cannot be reached ({why}); check --platform, or start it with ./run."));

    private static TokenReply.Ended TooLate() => new(new Answer.No("Nobody entered the code in time; sign in again."));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static T? Read<T>(string text) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record TokenBody
    {
        [JsonPropertyName("access_token")]
        public string? AccessToken { get; init; }

        [JsonPropertyName("expires_in")]
        public int? ExpiresInSeconds { get; init; }
    }

    private sealed record ErrorBody
    {
        [JsonPropertyName("error")]
        public string? Error { get; init; }
    }
}
