using System.Text;

namespace Groups;

/// <summary>Text from people inside a card: what they typed is text, not Markdown, not a link and not a card's function.</summary>
public static class Markdown
{
    private const string Special = @"\`*_[]<>{}#~|";

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Special.Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
