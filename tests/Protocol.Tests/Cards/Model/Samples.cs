using System.Text.Json;
using ActionMail.Tests;

namespace ActionMail.Protocol.Tests.Cards.Model;

/// <summary>The cards that others publish: the official samples, Outlook's, and the cards in Outlook's documentation.</summary>
internal static class Samples
{
    public static IEnumerable<(string Name, byte[] Utf8)> Official() =>
        new[] { "cards/samples", "cards/outlook-docs-samples" }.Select(TestData.Path)
            .SelectMany(folder => Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)));

    public static IEnumerable<(string Name, byte[] Utf8)> Snippets()
    {
        using var blocks = JsonDocument.Parse(File.ReadAllBytes(TestData.Path("cards/outlook-docs-snippets.json")));
        return [.. blocks.RootElement.EnumerateArray()
            .Where(block => block.GetProperty("validJson").GetBoolean() && block.GetProperty("kind").GetString() == "AdaptiveCard")
            .Select((block, index) => ($"{block.GetProperty("doc").GetString()} #{index}", System.Text.Encoding.UTF8.GetBytes(block.GetProperty("text").GetString()!)))];
    }
}
