using System.Globalization;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Cli.Cards;

/// <summary>The findings of one file for a person at a terminal: a place that editors jump to, what is wrong, what to do.</summary>
internal static class LintText
{
    public static void Print(LintedFile file, TextWriter output)
    {
        if (file.Problem is { } problem)
            output.WriteLine($"{file.Name.Printable}: error {LintCatalog.FileNotRead.Code} {problem.Printable}");
        foreach (var finding in file.Report?.Findings ?? [])
            PrintFinding(file.Name, finding, output);
        if (!file.IsReadable)
            return;
        // Clients that show the same are named together.
        foreach (var alike in file.Clients.GroupBy(Words, StringComparer.Ordinal))
            output.WriteLine($"{file.Name.Printable}: {string.Join(", ", alike.Select(client => client.Client.Name))}: {alike.Key}");
    }

    public static void PrintCount(IReadOnlyCollection<LintedFile> files, TextWriter output)
    {
        int Of(LintSeverity severity) => files.Sum(file => file.Report?.Findings.Count(finding => finding.Rule.Severity == severity) ?? (severity == LintSeverity.Error ? 1 : 0));
        output.WriteLine($"{Counted(files.Count, "file")}: {Counted(Of(LintSeverity.Error), "error")}, {Counted(Of(LintSeverity.Warning), "warning")}, {Of(LintSeverity.Info)} info");
    }

    private static void PrintFinding(string file, LintFinding finding, TextWriter output)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{file.Printable}:{finding.Position.Line}:{finding.Position.Column}");
        output.WriteLine($"{place}: {LintJson.Word(finding.Rule.Severity)} {finding.Rule.Code} {finding.Pointer.Printable}: {finding.Message.Printable}");
        output.WriteLine($"    {finding.Rule.Remedy} See {finding.Rule.Doc}");
    }

    private static string Words(ClientRendering client)
    {
        if (!client.Shown)
            return $"not shown: {client.Lost[0].Why.Printable}";
        return client.Lost is [] ? "shown in full" : $"shown without {string.Concat(client.Lost.Select(part => $"\n    {part.Pointer.Printable}: {part.Why.Printable}")).TrimStart('\n').TrimStart()}";
    }

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
