using System.Text.Encodings.Web;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Cli.Cards;

/// <summary>The findings of one file as one line of JSON. Every key is always there.</summary>
internal static class LintJson
{
    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(LintedFile file, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            file = file.Name,
            readable = file.IsReadable,
            kind = file.Report?.Kind switch { CardKind.AdaptiveCard => "adaptiveCard", CardKind.MessageCard => "messageCard", _ => null },
            version = file.Report?.Version,
            findings = file.Report?.Findings.Select(FindingOf).ToArray() ?? [NotRead(file.Problem!)],
            clients = file.Clients.ToDictionary(
                client => client.Client.Name,
                client => new { client.Shown, lost = client.Lost.Select(part => new { part.Pointer, part.Why }) }),
        },
        OneLine));

    private static FindingJson FindingOf(LintFinding finding) => new(
        finding.Rule.Code, Word(finding.Rule.Severity), finding.Pointer, finding.Position.Line, finding.Position.Column, finding.Message, finding.Rule.Remedy, finding.Rule.Doc);

    private static FindingJson NotRead(string problem) => new(
        LintCatalog.FileNotRead.Code, Word(LintCatalog.FileNotRead.Severity), null, null, null, problem, LintCatalog.FileNotRead.Remedy, LintCatalog.FileNotRead.Doc);

    /// <summary>The severity as it is written everywhere.</summary>
    public static string Word(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "error",
        LintSeverity.Warning => "warning",
        LintSeverity.Info => "info",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private sealed record FindingJson(string Code, string Severity, string? Pointer, int? Line, int? Column, string Message, string Remedy, string Doc);
}
