using System.Security.Cryptography;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Local;

/// <summary>What was asked of a browser's authenticator, kept by that browser, sealed, for five minutes: the answer counts for this question alone. WebAuthn §7.1, §7.2.</summary>
internal sealed class PasskeyCeremony(IDataProtectionProvider protection, IOptions<ServerOptions> server)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ActionMail.PasskeyCeremony").ToTimeLimitedDataProtector();

    private bool IsSecure => server.Value.PublicUrl.Scheme == Uri.UriSchemeHttps;

    private string Name => IsSecure ? "__Host-actionmail-passkey" : "actionmail-passkey";

    public void Begin(HttpContext http, string? state) => http.Response.Cookies.Append(Name, _protector.Protect(state ?? "", Life), Cookie(Life));

    /// <summary>What was asked; null where nothing was, or too long ago. It is asked once.</summary>
    public string? End(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { } cookie)
            return null;
        http.Response.Cookies.Delete(Name, Cookie(null));
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Cookie(TimeSpan? life) => new() { HttpOnly = true, Secure = IsSecure, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = life, IsEssential = true };
}
