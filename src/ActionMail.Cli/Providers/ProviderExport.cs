using System.CommandLine;
using System.Text;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider export</c>: the registrations that run, as CSV.</summary>
internal static class ProviderExport
{
    private static readonly Option<string> View = ProviderList.ViewOption();
    private static readonly Option<string?> Search = ProviderList.SearchOption();
    private static readonly Option<string?> Out = new("--out") { Description = "The file to write. Standard output when left out.", HelpName = "FILE" };

    public static Verb Verb() => new("export", "Export the registrations that run as CSV.", RunAsync)
    {
        Options = { View, Search, Out },
        Examples = ["actionmail provider export --view organization --out providers.csv"],
        NoMeans = "the view is not for you",
        Notes = PlatformAddress.PersonalNotes + "\nA cell that a spreadsheet would take for a formula begins with an apostrophe.",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.ExportAsync(parse.GetValue(View)!, parse.GetValue(Search), cancel));
        if (reply is not ApiReply.Text(var csv))
            return reply.WhyNoDocument;
        if (parse.GetValue(Out) is not { } file)
            parse.Output.Write(csv);
        else if (!OutputFile.TryWrite(file, Encoding.UTF8.GetBytes(csv), out var problem))
            return new Answer.BadInput(problem);
        return new Answer.Done();
    }
}
