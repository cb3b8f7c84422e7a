using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using ActionMail.Mail.Senders;

namespace ActionMail.Cli.Senders;

/// <summary>Who handed a mail over, which no file says: for SPF.</summary>
internal static class ConnectedClient
{
    public static Option<string?> Ip { get; } = new("--ip")
    {
        Description = "The address of the client that sent it. SPF is left out without it.",
        HelpName = "ADDR",
    };

    public static Option<string?> Helo { get; } = new("--helo") { Description = "What the client said in HELO or EHLO.", HelpName = "NAME" };
    public static Option<string?> MailFrom { get; } = new("--mail-from") { Description = "The reverse path. With an empty one the HELO name is judged.", HelpName = "ADDR" };

    /// <summary>On false, <paramref name="problem"/> says which option to mend.</summary>
    public static bool TryRead(ParseResult parse, out SpfSource spf, out string problem)
    {
        (spf, problem) = (new SpfSource.Unknown(), "");
        if (parse.GetValue(Ip) is not { } ip)
        {
            if (parse.GetValue(Helo) is not null || parse.GetValue(MailFrom) is not null)
                problem = "--helo and --mail-from say nothing without --ip; give the address of the client too.";
            return problem.Length == 0;
        }
        if (!TryReadAddress(ip, out var client))
            problem = $"--ip '{ip}' is no address; write it as in 192.0.2.1 or 2001:db8::1.";
        else
            spf = new SpfSource.Client(new(client, parse.GetValue(Helo) ?? "", parse.GetValue(MailFrom) ?? "") { Now = MailInput.Now(parse) });
        return problem.Length == 0;
    }

    // The platform's parser reads 1.2.3 and 010.1.1.1 as addresses too.
    public static bool TryReadAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);
}
