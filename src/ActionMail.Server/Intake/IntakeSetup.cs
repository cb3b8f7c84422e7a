using System.Net;
using ActionMail.Mail.Message;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Providers.Onboarding;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

internal static class IntakeSetup
{
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<SmtpOptions>().Validate<IOptions<ServerOptions>>(
            (smtp, server) => server.Value.Mode != ServerMode.Emulator || (IPAddress.TryParse(smtp.Address, out var address) && IPAddress.IsLoopback(address)),
            "The emulator serves this machine alone: Smtp:Address must be a loopback address.");
        services.AddOptions<MessageLimits>().BindConfiguration("Messages");
        services.AddOptions<SenderOptions>().BindConfiguration(SenderOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SenderOptions>, SenderOptionsValidation>();
        services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PlatformAddresses>().AddSingleton<PlatformMailboxes>().AddSingleton<TakeVerificationMail>().AddSingleton<TakeComplaint>();
        services.AddSingleton<PendingRequests>().AddSingleton<VerificationMails>().AddSingleton<VerificationRecord>().AddSingleton<ReportedMail>();
        services.AddSingleton<SenderAuthentication>();
        services.AddSingleton<CopyDecisions>();
        services.AddSingleton<IntakeStore>();
        services.AddSingleton<ReceiveMessage>();
        services.AddSingleton<ReceivePlatformMail>();
        return services.AddSmtp(provider =>
        {
            var receive = provider.GetRequiredService<ReceiveMessage>();
            return new(receive.FindRecipientAsync, receive.AcceptAsync);
        });
    }

    /// <summary>The emulator's authenticated submission: the operator vouches for who submits.</summary>
    public static void MapSelfTests(this RouteGroupBuilder operatorApi) => operatorApi.MapPost("/self-tests", SubmitAsync)
        .WithTags("Operator")
        .Describe("Deliver a self-test", "The body is a mail (message/rfc822). In the emulator alone: elsewhere there is no such route.")
        .Answers<SelfTestDocument>().Refuses("bad_request", "not_found");

    private static async Task<IResult> SubmitAsync(
        HttpRequest request, string @as, AddressBook addresses, ReceiveMessage receive, IOptions<ServerOptions> options, CancellationToken cancel)
    {
        if (options.Value.Mode != ServerMode.Emulator)
            return Refuse(StatusCodes.Status404NotFound, "Self-tests in another's name exist in the emulator only.");
        if (!Protocol.Addresses.EmailAddress.TryParse(@as, out var address) || addresses.Find(address) is not { } person)
            return Refuse(StatusCodes.Status400BadRequest, $"'{@as}' is not the address of a person here.");
        var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancel);
        return TypedResults.Ok(new SelfTestDocument(await receive.AcceptSelfTestAsync(person, content.ToArray(), cancel)));
    }

    private sealed class SenderOptionsValidation : IValidateOptions<SenderOptions>
    {
        public ValidateOptionsResult Validate(string? name, SenderOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private sealed record SelfTestDocument(string Id);

    private static IResult Refuse(int status, string title) => TypedResults.Problem(statusCode: status, title: title);
}
