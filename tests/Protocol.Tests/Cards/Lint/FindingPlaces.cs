using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Tests.Cards.Lint;

/// <summary>Finds a finding's place a second way: by its pointer through another parser, and by its line and column in the text.</summary>
internal static class FindingPlaces
{
    public static void AreThoseOf(byte[] utf8, LintFinding finding)
    {
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 64 });
        var value = document.RootElement;
        foreach (var token in finding.Pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
            value = value.ValueKind == JsonValueKind.Array ? value[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)] : value.GetProperty(token);

        var line = Encoding.UTF8.GetString(utf8).Split('\n').Skip(finding.Position.Line - 1);
        var from = string.Join('\n', line)[(finding.Position.Column - 1)..];
        Assert.True(from.StartsWith(value.GetRawText(), StringComparison.Ordinal), $"{finding.Rule.Code} {finding.Pointer} is not at {finding.Position}");
    }
}
