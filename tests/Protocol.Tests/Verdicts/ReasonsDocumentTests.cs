using System.Runtime.CompilerServices;
using System.Text;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Tests.Verdicts;

/// <summary>The document that explains the reasons is written from the catalog: UPDATE_DOCS=1 writes it, and without that it must be so already.</summary>
public sealed class ReasonsDocumentTests
{
    private const string Head = """
        # Reason codes

        Why a card is not active: a closed list. The codes are the same in the API, on the pages, in the command line and in the audit log
        (protocol §7). "Who" can apply the remedy: the sender's developers, the recipient, the administrator of their organization, or the
        operator of the platform.

        The codes that begin with `dkim_`, `spf_` and `arc_`, and `stale`, concern unsigned cards alone; `dmarc_fail` concerns every card (§2).
        `refresh_denied` is no state of a message: it begins the fault of an attempt whose answer brought a card that is not allowed (§6).

        This file is written from `ReasonCatalog` in `src/ActionMail.Protocol`. To write it again:
        `UPDATE_DOCS=1 ./test Protocol.Tests`.

        | code | what the recipient reads | what would fix it | who |
        |---|---|---|---|

        """;

    [Fact]
    public void The_document_of_reasons_says_what_the_catalog_says()
    {
        var file = DocumentFile();
        var expected = Document();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(file, expected);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == expected,
            "docs/protocol/reasons.md is not what ReasonCatalog says. Write it again with: UPDATE_DOCS=1 ./test Protocol.Tests");
    }

    private static string Document()
    {
        var text = new StringBuilder(Head);
        foreach (var entry in Enum.GetValues<Reason>().Select(reason => reason.Entry()))
            text.Append('|').AppendJoin('|', $" `{entry.Code}` ", $" {Cell(entry.Words)} ", $" {Cell(entry.Remedy)} ", $" {Who(entry.Fixer)} ").Append("|\n");
        return text.ToString();
    }

    // GitHub Flavored Markdown §4.10: a pipe in a cell is escaped; and an angle bracket would begin a tag.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal);

    private static string Who(Fixer fixer) => fixer switch
    {
        Fixer.Sender => "sender",
        Fixer.Recipient => "recipient",
        Fixer.RecipientAdministrator => "recipient's administrator",
        Fixer.Platform => "operator",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string DocumentFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "protocol", "reasons.md"));
}
