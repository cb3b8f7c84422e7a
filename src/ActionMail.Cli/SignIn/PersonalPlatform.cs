using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.SignIn;

/// <summary>Which platform a person's commands go to, and with which token.</summary>
internal static class PersonalPlatform
{
    /// <summary>The platform that the environment names, else that of the last login, else the emulator of this machine.</summary>
    public static bool TryAddress(SignIns signIns, out Uri platform, out string problem)
    {
        var isNamed = PlatformAddress.Variable(PlatformAddress.UrlVariable) is not null || PlatformAddress.Variable(PlatformAddress.HttpPortVariable) is not null;
        return isNamed || signIns.Current is not { } last
            ? PlatformAddress.TryUrl(out platform, out problem)
            : PlatformAddress.TryUrl(last, "The last login's platform", out platform, out problem);
    }

    /// <summary>Whether somebody is signed in there.</summary>
    public static bool IsSignedIn() => SignIns.TryRead(out var signIns, out _) && TryAddress(signIns, out var platform, out _) && signIns.Of(platform) is not null;

    /// <summary>The API as the person that is signed in.</summary>
    public static bool TryOpen(out PersonalApi? api, out string problem)
    {
        api = null;
        if (!SignIns.TryRead(out var signIns, out problem) || !TryAddress(signIns, out var platform, out problem))
            return false;
        if (signIns.Of(platform) is not { } token)
        {
            problem = $"You are not signed in at {platform}; sign in with: actionmail login --platform {platform}";
            return false;
        }
        api = new(platform, token.Token);
        return true;
    }

    /// <summary>Opens the platform and calls it.</summary>
    public static async Task<ApiReply> AskAsync(Func<PersonalApi, Task<ApiReply>> call)
    {
        if (!TryOpen(out var api, out var problem))
            return new ApiReply.Nothing(new Answer.BadInput(problem));
        using (api)
            return await call(api!);
    }
}
