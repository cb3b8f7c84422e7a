using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Dev;

/// <summary><c>actionmail dev</c>, which <c>./run</c> starts: the whole platform and a sample service on this machine.</summary>
internal static class DevRun
{
    private static readonly Option<string?> Server = new("--server")
    {
        Description = "The platform's program, a .dll or an executable. This checkout's build when left out.",
        HelpName = "PATH",
    };

    private static readonly Option<string?> Groups = new("--groups")
    {
        Description = "The Groups sample's program. This checkout's build when left out.",
        HelpName = "PATH",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show what the programs log, not their warnings alone." };

    public static Verb Verb() => new("dev", "Run the emulator: the platform and the Groups sample on this machine, until Ctrl-C.", RunAsync)
    {
        Options = { Server, Groups, Verbose },
        Examples =
        [
            "./run",
            "ACTIONMAIL_HTTP_PORT=8080 ACTIONMAIL_SMTP_PORT=8025 ACTIONMAIL_DATA=/tmp/mail ./run",
            "actionmail dev --server ~/actionmail/ActionMail.Server --groups ~/groups/Groups.dll",
        ],
        NoMeans = "a program ended by itself",
        Notes = $"""
            Ctrl-C and SIGTERM stop everything; that is exit code 0.
            {PlatformAddress.HttpPortVariable} (default {PlatformAddress.DefaultHttpPort}), {PlatformAddress.SmtpPortVariable} ({PlatformAddress.DefaultSmtpPort}) and {PlatformAddress.GroupsPortVariable} ({PlatformAddress.DefaultGroupsPort}) move the ports,
            {PlatformAddress.DataVariable} (./data) the data folder, which is kept from one start to the next.
            """,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!DevSettings.TryRead(out var settings, out var problem)
            || !TryProgram(parse.GetValue(Server), "server", "src/ActionMail.Server", "ActionMail.Server", Server.Name, out var server, out problem)
            || !TryProgram(parse.GetValue(Groups), "groups", "samples/Groups", "Groups", Groups.Name, out var groups, out problem))
            return new Answer.BadInput(problem);
        if (PortCheck.Problem(settings) is { Length: > 0 } taken)
            return new Answer.BadInput(taken);

        using var signal = new StopSignal();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
        return await new Emulator(settings, parse.Output, TimeProvider.System)
            .RunAsync(server, groups, parse.GetValue(Verbose), either.Token);
    }

    private static bool TryProgram(
        string? path, string name, string project, string assembly, string option, out EmulatorProgram program, out string problem) =>
        path is not null
            ? EmulatorProgram.TryNamed(name, path, out program, out problem)
            : EmulatorProgram.TryBuilt(name, project, assembly, option, out program, out problem);
}
