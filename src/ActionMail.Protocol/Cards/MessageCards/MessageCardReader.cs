using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>
/// Reads a MessageCard: every action and input in the places where some client shows them, counted against the limits. What is beyond the number
/// that is shown is read too, so that no URL escapes the check of targets. Protocol §4.
/// </summary>
internal sealed class MessageCardReader
{
    private readonly CardLimits _limits;
    private readonly MessageCardParts _parts = new();
    private int _elements = 1;

    private MessageCardReader(CardLimits limits) => _limits = limits;

    public static bool IsMessageCard(JsonNode root) => root.IsObject && root.IsOfType("MessageCard"u8);

    public static CardReading Read(JsonNode root, CardLimits limits)
    {
        if (root["text"u8].ShownText.Length == 0 && root["summary"u8].ShownText.Length == 0)
            return new CardReading.Malformed("/summary", "a MessageCard has a text or a summary");
        var reader = new MessageCardReader(limits);
        if (reader.WalkCard(root) is { } fault)
            return fault;
        var pointers = new JsonPointerTrail();
        var actions = ImmutableArray.CreateBuilder<CardAction>();
        foreach (var placed in reader._parts.Actions)
        {
            switch (MessageActionReader.Read(placed, reader._parts, string.Create(CultureInfo.InvariantCulture, $"a{actions.Count}"), pointers.PointerOf(placed.Json)))
            {
                case MessageActionReading.Read(var action): actions.Add(action); break;
                case MessageActionReading.Malformed(var pointer, var message): return new CardReading.Malformed(pointer, message);
                default: throw new UnreachableException();
            }
        }
        return new CardReading.Read(new(CardTree.OfOnePart(root), actions.ToImmutable(), reader._parts.Inputs) { MessageParts = reader._parts });
    }

    private CardReading? WalkCard(JsonNode card)
    {
        foreach (var member in card.Members)
        {
            var fault = member.IsNamed("sections"u8) ? WalkSections(member) : member.IsNamed("potentialAction"u8) ? WalkActions(member, default, 2) : null;
            if (fault is not null)
                return fault;
        }
        return null;
    }

    private CardReading? WalkSections(JsonNode sections)
    {
        if (Count(sections, 2) is { } fault)
            return fault;
        foreach (var section in sections.Parts)
        {
            foreach (var member in section.Members)
            {
                var inner = member.IsNamed("potentialAction"u8) ? WalkActions(member, default, 3)
                    : member.IsNamed("facts"u8) || member.IsNamed("images"u8) ? Count(member, 3) : null;
                if (inner is not null)
                    return inner;
            }
        }
        return null;
    }

    private CardReading? WalkActions(JsonNode actions, JsonNode owner, int level)
    {
        if (Count(actions, level) is { } fault)
            return fault;
        foreach (var action in actions.Parts)
        {
            _parts.Add(new(action, owner));
            foreach (var member in action.Members)
            {
                var inner = member.IsNamed("inputs"u8) ? WalkInputs(member, action, level + 1) : member.IsNamed("actions"u8) ? WalkActions(member, action, level + 1) : null;
                if (inner is not null)
                    return inner;
            }
        }
        return null;
    }

    private CardReading? WalkInputs(JsonNode inputs, JsonNode form, int level)
    {
        if (Count(inputs, level) is { } fault)
            return fault;
        foreach (var input in inputs.Parts)
        {
            if (MessageInputReader.Read(input) is { } read && !_parts.TryAdd(form, input, read))
                return new CardReading.Malformed(input.Pointer + "/id", $"the input id '{read.Id}' is there twice in one ActionCard, letter case aside");
        }
        return null;
    }

    private CardReading? Count(JsonNode list, int level)
    {
        if (list.IsAbsent)
            return null;
        if (!list.IsArray)
            return new CardReading.Malformed(list.Pointer, $"{list.Name} is an array");
        if (level > _limits.MaxLevels)
            return new CardReading.TooLarge($"elements are nested more than {_limits.MaxLevels} levels deep at {list.Pointer}");
        foreach (var item in list.Items)
        {
            if (!item.IsObject && !item.IsAbsent)
                return new CardReading.Malformed(item.Pointer, $"{list.Name} is an array of objects");
            if (++_elements > _limits.MaxElements)
                return new CardReading.TooLarge($"the card has more than {_limits.MaxElements} elements");
        }
        return null;
    }
}
