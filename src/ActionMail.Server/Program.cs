using ActionMail.Server;
using ActionMail.Server.Operations;

try
{
    await using var app = await ServerHost.BuildAsync(args);
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (error is StartupException or Microsoft.Extensions.Options.OptionsValidationException)
{
    Console.Error.WriteLine($"ActionMail cannot start: {error.Message}");
    return 2;
}
catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"ActionMail cannot start: {error.Message} Another program listens there: stop it, or choose another port (ACTIONMAIL_HTTP_PORT, ACTIONMAIL_SMTP_PORT).");
    return 2;
}
