using System.Diagnostics;
using System.Text.Json.Serialization;
using ActionMail.Server.Operations;
using ActionMail.Server.Outbound;

namespace ActionMail.Server.Accounts.Devices;

/// <summary>The two requests of a device that wants to be signed in: forms in, JSON out, errors in the words of OAuth. RFC 8628 §3.1 to §3.5, RFC 6749 §5.2.</summary>
internal static class DeviceEndpoints
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";
    private const int LongestName = 60;

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/device").DisableAntiforgery().WithTags("Account");
        group.MapPost("/code", BeginAsync)
            .Accepts<CodeRequest>("application/x-www-form-urlencoded")
            .Describe("Begin a device sign-in", "RFC 8628 §3.1: the codes that a person types on the page /device.")
            .Answers<CodeAnswer>().Answers<ErrorAnswer>(StatusCodes.Status400BadRequest);
        group.MapPost("/token", RedeemAsync)
            .Accepts<TokenRequest>("application/x-www-form-urlencoded")
            .Describe("Ask for the device's token", "RFC 8628 §3.4, again and again: authorization_pending, slow_down, access_denied, expired_token, and at last the token.")
            .Answers<TokenAnswer>().Answers<ErrorAnswer>(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> BeginAsync(HttpContext http, DeviceCodes codes, SendNotice platform, CancellationToken cancel)
    {
        if (await FormOf(http, cancel) is not { } form || NameOf(form) is not { } name)
            return Refused("invalid_request");
        if (await codes.BeginAsync(name, RemoteAddress.Of(http), cancel) is not { } code)
            return Refused("slow_down");
        return Unkept(http, new CodeAnswer(
            code.Secret, code.UserCode, platform.Link("/device"), platform.Link($"/device?code={code.UserCode}"),
            (int)DeviceCodes.Life.TotalSeconds, DeviceCodes.PauseSeconds));
    }

    private static async Task<IResult> RedeemAsync(HttpContext http, DeviceCodes codes, CancellationToken cancel)
    {
        if (await FormOf(http, cancel) is not { } form || form["device_code"].ToString() is not { Length: > 0 } secret)
            return Refused("invalid_request");
        if (!string.Equals(form["grant_type"], GrantType, StringComparison.Ordinal))
            return Refused("unsupported_grant_type");
        return await codes.RedeemAsync(secret, RemoteAddress.Of(http), cancel) switch
        {
            DeviceAnswer.Token(var token) => Unkept(http, new TokenAnswer(token, "Bearer", (int)AccessTokens.Life.TotalSeconds)),
            DeviceAnswer.Refused(var error) => Refused(error),
            _ => throw new UnreachableException(),
        };
    }

    // RFC 8628 §3.1 asks for client_id; every program is its own client here, so it is the name that people read. device_name, where given, is a better one.
    private static string? NameOf(IFormCollection form)
    {
        var name = (form["device_name"].ToString() is { Length: > 0 } device ? device : form["client_id"].ToString()).Trim();
        return name.Length is 0 or > LongestName || name.Any(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format)
            ? null : name;
    }

    private static async Task<IFormCollection?> FormOf(HttpContext http, CancellationToken cancel) =>
        http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancel) : null;

    // RFC 6749 §5.1: nobody between keeps a token.
    private static IResult Unkept<T>(HttpContext http, T answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(answer);
    }

    private static IResult Refused(string error) => TypedResults.Json(new ErrorAnswer(error), statusCode: StatusCodes.Status400BadRequest);

    private sealed record CodeRequest([property: JsonPropertyName("client_id")] string ClientId, [property: JsonPropertyName("device_name")] string? DeviceName);

    private sealed record TokenRequest([property: JsonPropertyName("grant_type")] string GrantType, [property: JsonPropertyName("device_code")] string DeviceCode);

    private sealed record CodeAnswer(
        [property: JsonPropertyName("device_code")] string DeviceCode,
        [property: JsonPropertyName("user_code")] string UserCode,
        [property: JsonPropertyName("verification_uri")] string VerificationUri,
        [property: JsonPropertyName("verification_uri_complete")] string VerificationUriComplete,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("interval")] int Interval);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);

    private sealed record ErrorAnswer([property: JsonPropertyName("error")] string Error);
}
