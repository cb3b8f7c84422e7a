using System.Collections.Immutable;
using ActionMail.Protocol.Cards.MessageCards;

namespace ActionMail.Protocol.Cards.Clients;

/// <summary>What of a MessageCard no client shows: what is over the format's numbers, what is of a type that it does not have, and links without an address. Protocol §4.</summary>
internal sealed class MessageCardView
{
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
            if (++number > MessageCardVocabulary.MostSections)
                Lose(section, $"a MessageCard shows {MessageCardVocabulary.MostSections} sections");
            else
                Actions(section["potentialAction"u8]);
        }
    }

    private void Actions(JsonNode actions)
    {
        var number = 0;
        foreach (var action in actions.Items)
        {
            if (++number > MessageCardVocabulary.MostActions)
                Lose(action, $"a MessageCard shows {MessageCardVocabulary.MostActions} actions");
            else if (action.IsOfType("ActionCard"u8))
                ActionCard(action);
            else if (!action.IsOfType("InvokeAddInCommand"u8))
                Button(action);
        }
    }

    private void ActionCard(JsonNode card)
    {
        foreach (var input in card["inputs"u8].Items)
        {
            if (!input.IsOfType("TextInput"u8) && !input.IsOfType("DateInput"u8) && !input.IsOfType("MultichoiceInput"u8))
                Lose(input, "the type of the input is not known");
        }
        foreach (var action in card["actions"u8].Items)
        {
            if (action.IsOfType("ActionCard"u8) || action.IsOfType("InvokeAddInCommand"u8))
                Lose(action, "an ActionCard shows only OpenUri and HttpPOST");
            else
                Button(action);
        }
    }

    private void Button(JsonNode action)
    {
        var isLink = ActionConversion.IsLink(action);
        if (!isLink && !action.IsOfType("HttpPOST"u8))
            Lose(action, "the type of the action is not known");
        else if (isLink && ActionConversion.AddressOf(action) is null)
            Lose(action, "the link has no address for a web browser");
    }

    private void Lose(JsonNode part, string why) => _lost.Add(new(_trail.PointerOf(part), why));
}
