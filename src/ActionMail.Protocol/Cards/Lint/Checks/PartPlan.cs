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

    private PartPlan(ElementDefinition type)
    {
        Topic = TopicOf(type);
        // A container without items is a distance, or a background: unusual, and drawn.
        Required = [.. type.Properties.Where(property => property.IsRequired && property.Name != "items" && !IsJudgedElsewhere(type, property))];
    }

    public PartTopic Topic { get; }

    /// <summary>The members that must be there, those aside for which there is a rule of their own.</summary>
    public ImmutableArray<PropertyDefinition> Required { get; }

    public static PartPlan Of(ElementDefinition type) => ByType[type];

    /// <summary>Whether a member has rules of its own, which say more than that its shape is wrong.</summary>
    public static bool IsJudgedElsewhere(ElementDefinition type, PropertyDefinition property) => (type.Type, property.Name) switch
    {
        ("Action.Http", "method" or "url" or "headers" or "body") => true,
        ("HttpHeader", _) => true,
        ("AdaptiveCard", "version" or "correlationId" or "expectedActors" or "autoInvokeAction" or "lang") => true,
        (_, "id") => type.Category == PartCategory.Input,
        _ => false,
    };

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
