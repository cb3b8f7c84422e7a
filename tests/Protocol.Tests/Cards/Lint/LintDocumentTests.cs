using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Tests.Cards.Lint;

/// <summary>docs/lint.md is written from the catalogue and the profiles: UPDATE_DOCS=1 writes it, and without that it must be so already.</summary>
public sealed class LintDocumentTests
{
    private const string Head = """
        # Card lint

        `actionmail card lint FILE…` says what is wrong with a card, where, and what each client will show of it. It reads Adaptive Cards
        1.0 to 1.6 with Outlook's members, and MessageCards.

        | severity | meaning |
        |---|---|
        | error | a client refuses the card, or an action that was meant for mails is lost |
        | warning | the card works, and somebody will see less or worse than was meant |
        | info | worth knowing |

        A code never changes its meaning: AC and four digits for Adaptive Cards, MC for MessageCards. Each finding has the JSON pointer
        (RFC 6901) of the value it speaks of, and its line and column, both from 1, the column in UTF-16 units as editors count; where something
        is missing, those of what it is missing in.

        ## What no program can judge

        Parts of Outlook's guidance are left to their reader: whether pictures are sharp on fine screens, have a transparent background and
        no margins of their own; whether the mail's own text is complete without the card, and not hidden where it says more than the card;
        whether the answer to an action brings a new card, and one without what can no longer be done; whether the mail is wanted.

        ## Clients

        From the table of clients that Outlook publishes; the last is the inbox of ActionMail. A client that shows no card shows the mail's
        own text.

        | name | client | Adaptive Cards | MessageCards | left out |
        |---|---|---|---|---|

        """;

    private const string Tail = """

        ## Rules

        From here on this file is written from `LintCatalog` in `src/ActionMail.Protocol`, as the table of clients is from
        `ClientProfiles`. To write it again: `UPDATE_DOCS=1 ./test Protocol.Tests`.

        """;

    [Fact]
    public void The_document_says_what_the_catalogue_says()
    {
        var file = DocumentFile();
        var expected = Document();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(file, expected);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == expected,
            "docs/lint.md is not what LintCatalog and ClientProfiles say. Write it again with: UPDATE_DOCS=1 ./test Protocol.Tests");
    }

    [Fact]
    public void Every_rule_is_in_the_catalogue_once()
    {
        var written = typeof(LintCatalog).Assembly.GetTypes().Where(type => type.Namespace == "ActionMail.Protocol.Cards.Lint.Rules")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public)).Where(field => field.FieldType == typeof(LintRule))
            .Select(field => ((LintRule)field.GetValue(null)!).Code);

        Assert.Empty(written.Except(LintCatalog.All.Select(rule => rule.Code), StringComparer.Ordinal));
        Assert.Equal(LintCatalog.All.Length, LintCatalog.All.Select(rule => rule.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(LintCatalog.All, rule => Assert.Matches("^(AC|MC)[0-9]{4}$", rule.Code));
    }

    private static string Document()
    {
        var text = new StringBuilder(Head);
        foreach (var client in ClientProfiles.All)
            text.Append('|').AppendJoin('|', $" `{client.Name}` ", $" {client.Title} ", $" {Versions(client)} ", client.ShowsMessageCards ? " yes " : " no ", $" {LeftOut(client)} ").Append("|\n");
        text.Append(Tail);
        foreach (var rule in LintCatalog.All)
        {
            text.Append('\n').Append("### ").Append(rule.Code).Append("\n\n**").Append(Escaped(rule.Title)).Append("** (")
                .Append(rule.Severity.ToString().ToLowerInvariant()).Append("). ").Append(Escaped(rule.Why)).Append("\n\n")
                .Append(Escaped(rule.Remedy)).Append('\n');
        }
        return text.ToString();
    }

    private static string Versions(ClientProfile client) => client.IsSupported ? string.Join(", ", client.Versions) : "no";

    private static string LeftOut(ClientProfile client) =>
        string.Join(", ", client.NotShown.Select(type => $"`{type.Type}`" + (type.InCards.From == client.Versions[0].From && type.InCards.To == client.Versions[^1].To ? "" : $" in {type.InCards}")));

    // What Markdown would take for itself.
    private static string Escaped(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal);

    private static string DocumentFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "..", "docs", "lint.md"));
}
