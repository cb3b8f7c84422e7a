using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Clients;

/// <summary>What of a MessageCard no client shows: what is over the format's numbers, and what is of a type that it does not have. Protocol §4.</summary>
internal sealed class MessageCardView
{
    private const int MostActions = 4;
    private const int MostSections = 10;

    private readonly ImmutableArray<LostPart>.Builder _lost = ImmutableArray.CreateBuilder<LostPart>();
    private readonly JsonPointerTrail _trail = new();

    public static ImmutableArray<LostPart> LostOf(JsonNode card)
    {
        var view = new MessageCardView();
        view.Sections(card["sections"u8]);
        view.Actions(card["potentialAction"u8]);
        return view._lost.ToImmutable();
    }

    private void Sections(JsonNode sections)
    {
        var number = 0;
        foreach (var section in sections.Items)
        {
            if (++number > MostSections)
                Lose(section, $"a MessageCard shows {MostSections} sections");
            else
                Actions(section["potentialAction"u8]);
        }
    }

    private void Actions(JsonNode actions)
    {
        var number = 0;
        foreach (var action in actions.Items)
        {
            if (++number > MostActions)
                Lose(action, $"a MessageCard shows {MostActions} actions");
            else if (TypeOf(action).SaysAnyCase("ActionCard"u8))
                ActionCard(action);
            else if (!IsButton(TypeOf(action)))
                Lose(action, "the type of the action is not known");
        }
    }

    private void ActionCard(JsonNode card)
    {
        foreach (var input in card["inputs"u8].Items)
        {
            var type = TypeOf(input);
            if (!type.SaysAnyCase("TextInput"u8) && !type.SaysAnyCase("DateInput"u8) && !type.SaysAnyCase("MultichoiceInput"u8))
                Lose(input, "the type of the input is not known");
        }
        foreach (var action in card["actions"u8].Items)
        {
            if (TypeOf(action).SaysAnyCase("ActionCard"u8))
                Lose(action, "an ActionCard may not stand in another");
            else if (!IsButton(TypeOf(action)))
                Lose(action, "the type of the action is not known");
        }
    }

    private void Lose(JsonNode part, string why) => _lost.Add(new(_trail.PointerOf(part), why));

    private static JsonNode TypeOf(JsonNode part) => part["@type"u8] is { Exists: true } type ? type : part["type"u8];

    private static bool IsButton(JsonNode type) =>
        type.SaysAnyCase("OpenUri"u8) || type.SaysAnyCase("HttpPOST"u8) || type.SaysAnyCase("InvokeAddInCommand"u8) || type.SaysAnyCase("ViewAction"u8);
}
