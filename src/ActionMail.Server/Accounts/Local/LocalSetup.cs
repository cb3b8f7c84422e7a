using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Local;

internal static class LocalSetup
{
    public static IServiceCollection AddLocalAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<LocalAccount>().AddUserStore<LocalAccountStore>();
        services.AddScoped<IPasskeyHandler<LocalAccount>, PasskeyHandler<LocalAccount>>();
        services.AddSingleton<IPasswordHasher<LocalAccount>, PasswordHasher<LocalAccount>>();
        // PBKDF2 with HMAC-SHA-512, as many rounds as OWASP asks for.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<ServerOptions>>((passkeys, server) =>
        {
            passkeys.ServerDomain = server.Value.PublicUrl.IdnHost;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && string.Equals(context.Origin, server.Value.Platform, StringComparison.Ordinal));
        });
        services.AddSingleton<Invitations>().AddSingleton<SignInThrottle>().AddSingleton<KnownDevice>().AddSingleton<LocalAccounts>().AddSingleton<PasskeyCeremony>();
        return services.AddScoped<Passkeys>();
    }
}
