using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The buttons of one row beside each other.</summary>
internal static class RowCheck
{
    // The host configuration that Outlook publishes, and the MessageCard format.
    private const int MostOfAdaptive = 5;
    private const int MostOfMessage = 4;

    public static void Of(ButtonRules rules, JsonNode actions, JsonNode at, Findings findings)
    {
        var (shown, primary) = (0, 0);
        foreach (var action in actions.Items)
        {
            // What is secondary stands in a menu of its own.
            if (!action["mode"u8].SaysAnyCase("secondary"u8))
                shown++;
            if (IsPrimary(action) && ++primary == 2)
                findings.Add(rules.SeveralPrimary, action, "another button before it is emphasized too");
        }
        var most = rules.Prefix == "AC" ? MostOfAdaptive : MostOfMessage;
        if (shown > most)
            findings.Add(rules.TooMany, at, $"{shown} buttons stand in the row; {most} are shown");
        if (shown > 1)
            Titles(rules, actions, findings);
    }

    private static bool IsPrimary(JsonNode action) => action["isPrimary"u8].IsTrue || action["style"u8].SaysAnyCase("positive"u8);

    private static void Titles(ButtonRules rules, JsonNode actions, Findings findings)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in actions.Items)
        {
            var title = rules.Prefix == "AC" ? action["title"u8] : action["name"u8];
            if (title.Text is { Length: > 0 } text && !seen.Add(text))
                findings.Add(rules.TitleTwice, title, $"{Findings.Quoted(text)} is there already");
        }
    }
}
