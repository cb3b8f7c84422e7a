using ActionMail.Server.Operations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Local;

/// <summary>A cookie by which a browser is known again that has signed in to an address before. It lets nobody in; it only has attempts of its own.</summary>
internal sealed class KnownDevice(IDataProtectionProvider protection, IOptions<ServerOptions> server)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ActionMail.KnownDevice").ToTimeLimitedDataProtector();

    private bool IsSecure => server.Value.PublicUrl.Scheme == Uri.UriSchemeHttps;

    private string Name => IsSecure ? "__Host-actionmail-device" : "actionmail-device";

    /// <summary>What attempts for an account are counted by: the device, where it is known for that account.</summary>
    public string SubjectOf(HttpContext http, string address) => IdOf(http, address) is { } device ? $"{address} {device}" : address;

    public void Remember(HttpContext http, string address)
    {
        var value = _protector.Protect($"{address} {IdOf(http, address) ?? Guid.NewGuid().ToString("N")}", Life);
        http.Response.Cookies.Append(Name, value, new() { HttpOnly = true, Secure = IsSecure, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life, IsEssential = true });
    }

    private string? IdOf(HttpContext http, string address)
    {
        if (http.Request.Cookies[Name] is not { } cookie)
            return null;
        try
        {
            return _protector.Unprotect(cookie).Split(' ') is [var known, var device] && string.Equals(known, address, StringComparison.Ordinal) ? device : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
