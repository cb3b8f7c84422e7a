using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace ActionMail.Server.Accounts.OpenId;

/// <summary>Whether a provider can be found before anybody is sent there: a fault page would say nothing that helps.</summary>
internal static class OpenIdDiscovery
{
    public static async Task<bool> IsReachableAsync(OpenIdConnectOptions options, CancellationToken cancel)
    {
        try
        {
            await options.ConfigurationManager!.GetConfigurationAsync(cancel);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or HttpRequestException)
        {
            return false;
        }
    }
}
