using System.Collections.Immutable;
using System.Text.Json;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>All checks of one MessageCard. Protocol §4.</summary>
internal sealed class MessageCardCheck
{
    private const int MostSections = 10;

    private readonly JsonNode _card;
    private readonly Findings _findings = new();
    private readonly TextCheck _texts;
    private readonly ImageCheck _images;
    private readonly MessageActionCheck _actions;

    private MessageCardCheck(JsonNode card)
    {
        _card = card;
        _texts = new(TextRules.Message, _findings);
        _images = new(ImageRules.Message, _findings);
        _actions = new(this, _findings);
    }

    public static ImmutableArray<LintFinding> Of(JsonNode card, CardReading reading) => new MessageCardCheck(card).Run(reading);

    /// <summary>The members of an object that is known to be there.</summary>
    public void Members(JsonNode whole, ElementDefinition type)
    {
        foreach (var member in whole.Members)
        {
            if (type.Find(member) is not { } property)
                _findings.Add(MessageCardRules.MemberUnknown, member, $"{type.Type} has no member {Findings.Quoted(member.Name)}");
            else if (ShapeCheck.FaultOf(property.Shape, member) is not null)
                _findings.Add(MessageCardRules.ShapeWrong, member, $"{property.Name} is {ShapeCheck.Words(property.Shape)}");
        }
    }

    private ImmutableArray<LintFinding> Run(CardReading reading)
    {
        Members(_card, MessageCardTypes.Card);
        Card();
        CardMembersCheck.Identity(
            _card, MessageCardRules.OriginatorMissing, MessageCardRules.CorrelationIdForm, MessageCardRules.ExpectedActorsShape, MessageCardRules.ExpectedActorForm, _findings);
        var sections = _card["sections"u8];
        if (sections.Count > MostSections)
            _findings.Add(MessageCardRules.ManySections, sections, $"there are {sections.Count} sections; {MostSections} are shown");
        foreach (var section in sections.Items)
            Section(section);
        _actions.Row(_card["potentialAction"u8]);
        _actions.Conclude();
        _texts.Conclude();
        _findings.AddRefusal(TargetRules.Message.Refused, _card, reading);
        return _findings.InOrder();
    }

    private void Card()
    {
        _findings.Add(MessageCardRules.NotOnPhones, _card, "the card is a MessageCard");
        if (IsEmpty(_card["text"u8]) && IsEmpty(_card["summary"u8]))
            _findings.Add(MessageCardRules.TextMissing, _card, "there is neither text nor summary");
        var context = _card["@context"u8];
        if (!context.SaysAnyCase("https://schema.org/extensions"u8) && !context.SaysAnyCase("http://schema.org/extensions"u8))
            _findings.Add(MessageCardRules.ContextUnknown, context.Exists ? context : _card, context.Text is { } other ? $"the @context is {Findings.Quoted(other)}" : "there is no @context");
        _texts.Markdown(_card["title"u8]);
        _texts.Markdown(_card["text"u8]);
        _texts.Plain(_card["summary"u8]);
        ThemeColor(_card["themeColor"u8]);
    }

    private void ThemeColor(JsonNode color)
    {
        if (!color.IsString || color.Bytes.IsEmpty)
            return;
        if (HexColor.Of(color) is null)
            _findings.Add(MessageCardRules.ThemeColorForm, color, $"{Findings.Quoted(color.Text!)} is no colour");
        else
            _images.Color(color);
    }

    private void Section(JsonNode section)
    {
        if (!section.IsObject)
            return;
        Members(section, MessageCardTypes.Section);
        if (section.Count == 0)
            _findings.Add(MessageCardRules.SectionEmpty, section, "the section is empty");
        if (section["markdown"u8].Kind != JsonValueKind.False)
            Texts(section);
        foreach (var fact in section["facts"u8].Items)
            Fact(fact, isMarkdown: section["markdown"u8].Kind != JsonValueKind.False);
        _images.Url(section["activityImage"u8]);
        if (section["heroImage"u8] is { IsObject: true } hero)
            Image(hero);
        foreach (var image in section["images"u8].Items)
            Image(image);
        _actions.Row(section["potentialAction"u8]);
    }

    private void Texts(JsonNode section)
    {
        foreach (var member in section.Members)
        {
            if (MessageCardTypes.Section.Find(member)?.Shape is PropertyShape.Markdown)
                _texts.Markdown(member);
        }
    }

    private void Fact(JsonNode fact, bool isMarkdown)
    {
        if (!fact.IsObject)
            return;
        Members(fact, MessageCardTypes.Fact);
        if (IsEmpty(fact["name"u8]) || IsEmpty(fact["value"u8]))
            _findings.Add(MessageCardRules.FactIncomplete, fact, $"the fact has no {(IsEmpty(fact["name"u8]) ? "name" : "value")}");
        if (!isMarkdown)
            return;
        _texts.Markdown(fact["name"u8]);
        _texts.Markdown(fact["value"u8]);
    }

    private void Image(JsonNode image)
    {
        if (!image.IsObject)
            return;
        Members(image, MessageCardTypes.Image);
        _images.Url(image["image"u8]);
        if (IsEmpty(image["title"u8]))
            _findings.Add(ImageRules.Message.AltMissing, image, "the picture has no title");
    }

    private static bool IsEmpty(JsonNode text) => text.Text is not { Length: > 0 };
}
