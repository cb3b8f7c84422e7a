using System.Text.Json;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Parts and their members against the vocabulary. What it finds of a part's members is there for the checks after it.</summary>
internal sealed class StructureCheck(CardTree card, PartMembers members, Findings findings)
{
    // A card that says no version is taken for the newest: nothing can be too new in it.
    private readonly CardVersion _version = card.Version ?? CardVersion.Newest;

    /// <summary>A part of a type that the vocabulary does not know. One with a fallback was meant for clients that do.</summary>
    public void Unknown(in CardPart part)
    {
        var type = part.Json["type"u8];
        if (type.Text is not { } name)
            findings.Add(StructureRules.TypeMissing, part.Json, "there is no type");
        else if (!part.Json["fallback"u8].Exists)
            findings.Add(part.Category == PartCategory.Action ? StructureRules.ActionUnknown : StructureRules.ElementUnknown, type, $"{Findings.Quoted(name)} is unknown{Meant(name)}");
    }

    public void Known(in CardPart part, PartPlan plan)
    {
        var type = part.Definition!;
        Place(part, type);
        var isTooNew = IsTooNew(part, type);
        var missing = plan.Required.Length;
        members.Begin(part.Json);
        foreach (var member in part.Json.Members)
        {
            if (plan.Find(member) is not { } planned)
            {
                UnknownMember(member, type);
                continue;
            }
            members.Add(planned.Known, member);
            var property = planned.Property;
            if (planned.IsRequired && member.Kind != JsonValueKind.Null)
                missing--;
            if (property.SinceInOutlook > _version && !isTooNew)
                MemberTooNew(member, property);
            if (!planned.IsJudgedElsewhere && ShapeCheck.FaultOf(property.Shape, member) is { } rule)
                findings.Add(rule, member, Message(rule, member, property));
        }
        if (missing > 0)
            Missing(part, plan);
    }

    private void Place(in CardPart part, ElementDefinition type)
    {
        if (part.Via is not { Place: var place } || place.Kind == PlaceKind.Free)
            return;
        var belongs = place.Kind switch
        {
            PlaceKind.Element => part.Category is PartCategory.Element or PartCategory.Input,
            PlaceKind.Action => part.Category == PartCategory.Action,
            _ => type == place.Piece,
        };
        if (!belongs)
            findings.Add(part.Category == PartCategory.Action ? StructureRules.ActionWrongPlace : StructureRules.WrongPlace, part.Json, $"{type.Type} stands in {part.Via.Name}");
    }

    // Action.Execute has a rule of its own. What has a fallback, or is one, or asks for a version, was meant for clients of several versions.
    private bool IsTooNew(in CardPart part, ElementDefinition type)
    {
        if (type.SinceInOutlook <= _version)
            return false;
        if (part.Category is PartCategory.Element or PartCategory.Input or PartCategory.Action && !part.IsInFallback && type.Type != "Action.Execute" && !IsGuarded(part))
            findings.Add(StructureRules.TypeTooNew, part.Json["type"u8], $"{type.Type} came with version {type.SinceInOutlook}; the card says {_version}");
        return true;
    }

    private bool IsGuarded(in CardPart part)
    {
        for (var index = part.Index; index >= 0; index = card[index].Parent)
        {
            if (card[index].Json["fallback"u8].Exists || card[index].Json["requires"u8].Exists)
                return true;
        }
        return false;
    }

    private void UnknownMember(JsonNode member, ElementDefinition type)
    {
        if (member.IsNamed("type"u8))
            return;
        var name = member.Name;
        if (name is "$data" or "$when")
            findings.Add(TextRules.Adaptive.TemplateLeft, member, $"{name} belongs to a template");
        else
            findings.Add(StructureRules.MemberUnknown, member, $"{type.Type} has no member {Findings.Quoted(name)}{Meant(name, type)}");
    }

    private void MemberTooNew(JsonNode member, PropertyDefinition property)
    {
        if (property.Name is not ("fallback" or "requires"))
            findings.Add(StructureRules.MemberTooNew, member, $"{property.Name} came with version {property.SinceInOutlook}; the card says {_version}");
    }

    private static string Message(LintRule rule, JsonNode member, PropertyDefinition property) =>
        rule == StructureRules.WordUnknown ? $"{Findings.Quoted(member.Text ?? "")} is not {ShapeCheck.Words(property.Shape)}"
        : rule == StructureRules.OutOfRange ? $"{Findings.Quoted(member.RawText)} is not {ShapeCheck.Words(property.Shape)}"
        : $"{property.Name} is {ShapeCheck.Words(property.Shape)}";

    private void Missing(in CardPart part, PartPlan plan)
    {
        var rule = part.Category == PartCategory.Action ? StructureRules.ActionMemberMissing : StructureRules.MemberMissing;
        foreach (var property in plan.Required)
        {
            if (part.Json[System.Text.Encoding.UTF8.GetBytes(property.Name)].Kind is JsonValueKind.Undefined or JsonValueKind.Null)
                findings.Add(rule, part.Json, $"{part.Definition!.Type} has no {property.Name}");
        }
    }

    private static string Meant(string type) =>
        CardVocabulary.Types.FirstOrDefault(known => string.Equals(known.Type, type, StringComparison.OrdinalIgnoreCase)) is { } meant ? $"; {meant.Type} is meant, with these capitals" : "";

    private static string Meant(string name, ElementDefinition type) =>
        type.Properties.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)) is { } meant ? $"; {meant.Name} is meant, with these capitals" : "";
}
