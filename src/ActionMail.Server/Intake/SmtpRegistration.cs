using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

internal static class SmtpRegistration
{
    /// <summary>
    /// The ESMTP receiver on the address and port of section "Smtp", beside whatever else Kestrel listens on. Kestrel leaves
    /// its configured URLs aside once one endpoint is given in code: the web endpoint must be given in code as well.
    /// </summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services, Func<IServiceProvider, SmtpIntake> intake)
    {
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(intake);
        services.AddSingleton<SmtpConnection>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<SmtpOptions>>((kestrel, smtp) =>
            kestrel.Listen(smtp.Value.EndPoint, listen => listen.UseConnectionHandler<SmtpConnection>()));
        return services;
    }

    private sealed class SmtpOptionsValidation : IValidateOptions<SmtpOptions>
    {
        public ValidateOptionsResult Validate(string? name, SmtpOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
