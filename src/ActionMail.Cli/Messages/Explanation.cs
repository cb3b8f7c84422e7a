using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Cli.Messages;

/// <summary>A decision record as it is printed; the names are those of the API and the pages. Protocol §7.</summary>
internal sealed record Explanation(Explanation.CardPart Card, IReadOnlyList<Explanation.CheckPart> Checks)
{
    public static Explanation Of(CardDecision decision, string? whyNoRegistrations) => new(
        new(Word(decision.State), decision.Reason?.Code(), Word(decision.Kind), Word(decision.Carriage)),
        [.. decision.Checks.Select(check => Part(check, whyNoRegistrations))]);

    private static CheckPart Part(Check check, string? whyNoRegistrations)
    {
        var failed = check.Outcome == CheckOutcome.Fail;
        var entry = check.Code.Entry();
        var evidence = failed && check.Code == Reason.OriginatorUnknown && whyNoRegistrations is not null
            ? $"{check.Evidence}; there were no registrations to ask: {whyNoRegistrations}"
            : check.Evidence;
        return new(entry.Code, Word(check.Outcome), evidence, failed ? entry.Remedy : null, failed ? Word(entry.Fixer) : null);
    }

    public void Print(TextWriter output, string? recipient)
    {
        output.WriteLine(Card switch
        {
            { State: "none" } => "The mail carries no card.",
            { State: "active" } => $"The card is active for {recipient}.",
            _ => $"The card is inert{(recipient is null ? "" : $" for {recipient}")}: {Card.Reason}",
        });
        if (Card.Kind is not null)
            output.WriteLine($"It is of kind {Card.Kind}, carried as {Card.Carriage}.");
        foreach (var check in Checks)
        {
            output.WriteLine($"  {check.Outcome,-7} {check.Code,-27} {check.Evidence.Printable}");
            if (check.Remedy is { } remedy)
                output.WriteLine($"{"",-36} To mend ({check.Who}): {remedy}");
        }
    }

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? Word<T>(T? value) where T : struct, Enum => value is { } some ? Word(some) : null;

    /// <summary>All four are always there, null where there is nothing to say.</summary>
    internal sealed record CardPart(
        string State,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Reason,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Kind,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Carriage);

    /// <summary>Remedy and who are null for a check that holds.</summary>
    internal sealed record CheckPart(
        string Code,
        string Outcome,
        string Evidence,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Remedy,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Who);
}
