using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>All checks of one Adaptive Card: each part once, in the order of the text, then what only the whole card can say.</summary>
internal sealed class AdaptiveCardCheck
{
    private readonly CardTree _card;
    private readonly Findings _findings = new();
    private readonly InputUse _inputs = new(InputRules.Adaptive, TargetRules.Adaptive);
    private readonly PartMembers _at = new();
    private readonly StructureCheck _structure;
    private readonly CardMembersCheck _members;
    private readonly TextCheck _texts;
    private readonly TextBlockCheck _blocks;
    private readonly ImageCheck _images;
    private readonly InputCheck _fields;
    private readonly LayoutCheck _layout;
    private readonly ActionCheck _actions;
    private readonly VisibilityCheck _visibility;

    private AdaptiveCardCheck(CardTree card)
    {
        _card = card;
        _structure = new(card, _at, _findings);
        _members = new(card, _findings);
        _texts = new(TextRules.Adaptive, _findings);
        _blocks = new(card, _at, _texts, _findings);
        _images = new(ImageRules.Adaptive, _findings);
        _fields = new(card, _at, _texts, _inputs, _findings);
        _layout = new(card, _at, _images, _findings);
        _visibility = new(_findings);
        _actions = new(card, _at, _texts, _inputs, _visibility, _findings);
    }

    public static ImmutableArray<LintFinding> Of(CardTree card, CardLimits limits) => new AdaptiveCardCheck(card).Run(limits);

    private ImmutableArray<LintFinding> Run(CardLimits limits)
    {
        foreach (ref readonly var part in _card.Parts)
        {
            if (part.Definition is { } type)
                Look(part, PartPlan.Of(type));
            else
                Unknown(part);
        }
        _members.Conclude(_texts.AnyText, _actions);
        _texts.Conclude();
        _actions.Conclude();
        _inputs.Conclude(_card, _findings);
        _visibility.Conclude();
        if (_actions.HasHttp)
            _findings.AddRefusal(TargetRules.Adaptive.Refused, _card.Json, CardReader.Read(_card.Json, limits));
        return _findings.InOrder();
    }

    private void Unknown(in CardPart part)
    {
        _structure.Unknown(part);
        if (part.Category != PartCategory.Action)
            _visibility.Element(part, part.Json["id"u8], part.Json["isVisible"u8]);
    }

    private void Look(in CardPart part, PartPlan plan)
    {
        _structure.Known(part, plan);
        if (part.Category is PartCategory.Element or PartCategory.Input or PartCategory.Piece)
            _visibility.Element(part, _at[Known.Id], _at[Known.IsVisible]);
        switch (plan.Topic)
        {
            case PartTopic.Card: _actions.Row(_at[Known.Actions]); _layout.Card(part); break;
            case PartTopic.TextBlock: _blocks.TextBlock(part); break;
            case PartTopic.TextRun: _blocks.TextRun(); break;
            case PartTopic.Fact: _blocks.Fact(); break;
            case PartTopic.Image: _images.Image(part.Json, _at); break;
            case PartTopic.Media: _images.Media(part.Json, _at); break;
            case PartTopic.BackgroundImage: _images.Url(_at[Known.Url]); break;
            case PartTopic.Container: _layout.Container(part); break;
            case PartTopic.ColumnSet: _layout.ColumnSet(part); break;
            case PartTopic.Column: _layout.Background(part); break;
            case PartTopic.Table: _layout.Table(); break;
            case PartTopic.Carousel: _layout.Carousel(); break;
            case PartTopic.ActionSet: _actions.Row(_at[Known.Actions]); break;
            case PartTopic.Input: _fields.Input(part); break;
            case PartTopic.Action: _actions.Action(part); break;
        }
    }
}
