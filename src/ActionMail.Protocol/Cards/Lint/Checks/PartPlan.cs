using System.Collections.Frozen;
using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Which of the checks look at a part.</summary>
internal enum PartTopic
{
    /// <summary>Its structure alone.</summary>
    None,
    Card,
    TextBlock,
    TextRun,
    Fact,
    Image,
    Media,
    BackgroundImage,
    Container,
    ColumnSet,
    Column,
    Table,
    Carousel,
    ActionSet,
    Input,
    Action,
}

/// <summary>What the lint must know of a type before it meets a part of it: worked out once.</summary>
internal sealed class PartPlan
{
    private static readonly FrozenDictionary<ElementDefinition, PartPlan> ByType =
        CardVocabulary.Types.ToFrozenDictionary(type => type, type => new PartPlan(type));

    private readonly NameTable<PlannedMember> _members;

    private PartPlan(ElementDefinition type)
    {
        Topic = TopicOf(type);
        PlannedMember[] members = [.. type.Properties.Select(property => new PlannedMember(property, KnownAs(property.Name), IsJudgedElsewhere(type, property)))];
        _members = new(members, member => member.Property.Utf8Name);
        Required = [.. members.Where(member => member.IsRequired).Select(member => member.Property)];
    }

    public PartTopic Topic { get; }

    /// <summary>The members that must be there, those aside for which there is a rule of their own.</summary>
    public ImmutableArray<PropertyDefinition> Required { get; }

    /// <summary>What is known of a member; null for one that the type does not have.</summary>
    public PlannedMember? Find(JsonNode member) => _members.Find(member);

    public static PartPlan Of(ElementDefinition type) => ByType[type];

    // A member that has rules of its own, which say more than that its shape is wrong.
    private static bool IsJudgedElsewhere(ElementDefinition type, PropertyDefinition property) => (type.Type, property.Name) switch
    {
        ("Action.Http", "method" or "url" or "headers" or "body") => true,
        ("HttpHeader", _) => true,
        ("AdaptiveCard", "version" or "correlationId" or "expectedActors" or "autoInvokeAction" or "lang") => true,
        (_, "id") => type.Category == PartCategory.Input,
        _ => false,
    };

    private static Known KnownAs(string name) =>
        Enum.GetValues<Known>().FirstOrDefault(known => known.ToString() is var word && string.Equals(char.ToLowerInvariant(word[0]) + word[1..], name, StringComparison.Ordinal));

    private static PartTopic TopicOf(ElementDefinition type) => type.Type switch
    {
        "AdaptiveCard" => PartTopic.Card,
        "TextBlock" => PartTopic.TextBlock,
        "TextRun" => PartTopic.TextRun,
        "Fact" => PartTopic.Fact,
        "Image" => PartTopic.Image,
        "Media" => PartTopic.Media,
        "BackgroundImage" => PartTopic.BackgroundImage,
        "Container" => PartTopic.Container,
        "ColumnSet" => PartTopic.ColumnSet,
        "Column" or "TableCell" or "CarouselPage" => PartTopic.Column,
        "Table" => PartTopic.Table,
        "Carousel" => PartTopic.Carousel,
        "ActionSet" => PartTopic.ActionSet,
        _ => type.Category switch { PartCategory.Input => PartTopic.Input, PartCategory.Action => PartTopic.Action, _ => PartTopic.None },
    };
}

/// <summary>A member of a type as the lint meets it.</summary>
internal sealed record PlannedMember(PropertyDefinition Property, Known Known, bool IsJudgedElsewhere)
{
    /// <summary>Whether it must be there. A container without items is a distance, or a background: unusual, and drawn.</summary>
    public bool IsRequired { get; } = Property.IsRequired && Property.Name != "items" && !IsJudgedElsewhere;
}
