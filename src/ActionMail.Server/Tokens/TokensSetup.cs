namespace ActionMail.Server.Tokens;

internal static class TokensSetup
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptions<TokenOptions>().BindConfiguration(TokenOptions.Section)
            .Validate(options => options.Lifetime > TimeSpan.Zero && options.Lifetime <= TimeSpan.FromMinutes(10), "Tokens:Lifetime is more than nothing and at most 10 minutes.")
            .Validate(options => options.KeyOverlap > TimeSpan.Zero && options.KeyPeriod > options.KeyOverlap, "Tokens:KeyPeriod is longer than Tokens:KeyOverlap.")
            .ValidateOnStart();
        return services.AddSingleton<SigningKeys>().AddSingleton<ActionTokenIssuer>();
    }
}
