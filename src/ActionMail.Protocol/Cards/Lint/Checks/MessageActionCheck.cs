using System.Text.Json;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The actions of a MessageCard, and the inputs in its ActionCards.</summary>
internal sealed class MessageActionCheck
{
    private readonly MessageCardCheck _card;
    private readonly Findings _findings;

    // Each form has inputs of its own: senders ask for the same "comment" behind Approve and behind Reject. All of them are around it.
    private readonly InputUse _all = new(InputRules.Message, TargetRules.Message) { AllAreSent = true };
    private readonly List<InputUse> _forms = [];
    private InputUse _inputs;
    private TargetCheck _targets;

    public MessageActionCheck(MessageCardCheck card, Findings findings)
    {
        (_card, _findings, _inputs) = (card, findings, _all);
        _targets = new(TargetRules.Message, _inputs, findings);
    }

    public void Row(JsonNode actions)
    {
        if (!actions.IsArray)
            return;
        RowCheck.Of(ButtonRules.Message, actions, actions, _findings);
        foreach (var action in actions.Items)
            Action(action, isInActionCard: false);
    }

    public void Conclude()
    {
        foreach (var form in _forms)
            form.Conclude(card: null, _findings);
        _all.Conclude(card: null, _findings);
    }

    private void Action(JsonNode action, bool isInActionCard)
    {
        if (!action.IsObject)
            return;
        var type = TypeMember(action);
        LabelCheck.Check(ButtonRules.Message, action, action["name"u8], _findings);
        if (type.SaysAnyCase("OpenUri"u8))
            OpenUri(action);
        else if (type.SaysAnyCase("HttpPOST"u8))
            HttpPost(action);
        else if (type.SaysAnyCase("ActionCard"u8))
            ActionCard(action, isInActionCard);
        else if (type.SaysAnyCase("InvokeAddInCommand"u8))
            AddIn(action);
        else if (type.SaysAnyCase("ViewAction"u8))
            ViewAction(action);
        else
            _findings.Add(MessageCardRules.ActionUnknown, type.Exists ? type : action, type.Text is { } name ? $"{Findings.Quoted(name)} is unknown" : "there is no @type");
    }

    private void OpenUri(JsonNode action)
    {
        _card.Members(action, MessageCardTypes.OpenUri);
        var hasDefault = false;
        foreach (var target in action["targets"u8].Items)
        {
            if (!target.IsObject)
                continue;
            _card.Members(target, MessageCardTypes.Target);
            var os = target["os"u8];
            hasDefault |= os.SaysAnyCase("default"u8) && target["uri"u8].IsString;
            if (!os.SaysAnyCase("default"u8) && !os.SaysAnyCase("windows"u8) && !os.SaysAnyCase("iOS"u8) && !os.SaysAnyCase("android"u8))
                _findings.Add(MessageCardRules.OsUnknown, os.Exists ? os : target, os.Text is { } name ? $"{Findings.Quoted(name)} is unknown" : "there is no os");
            Link(target["uri"u8], isForAll: os.SaysAnyCase("default"u8));
        }
        if (!hasDefault)
            _findings.Add(MessageCardRules.TargetsMissing, action["targets"u8] is { Exists: true } targets ? targets : action, "there is no target for default");
    }

    // A target for one system may be of that system's own scheme.
    private void Link(JsonNode uri, bool isForAll)
    {
        if (isForAll || (uri.Text is { } text && LinkCheck.IsOpened(text)))
            LinkCheck.Check(ButtonRules.Message, uri, _findings);
    }

    private void HttpPost(JsonNode action)
    {
        _card.Members(action, MessageCardTypes.HttpPost);
        _targets.Url(action, action["target"u8]);
        _targets.Headers(action["headers"u8]);
        var bodyType = action["bodyContentType"u8];
        if (bodyType.Exists && bodyType.Kind != JsonValueKind.Null && !bodyType.SaysAnyCase("application/json"u8) && !bodyType.SaysAnyCase("application/x-www-form-urlencoded"u8))
            _findings.Add(MessageCardRules.BodyTypeUnknown, bodyType, $"{Findings.Quoted(bodyType.Text ?? bodyType.RawText)} is unknown");
        _targets.Body(action["body"u8], bodyType.Text ?? TargetCheck.ContentType(action["headers"u8]));
    }

    private void ActionCard(JsonNode action, bool isInActionCard)
    {
        if (isInActionCard)
        {
            _findings.Add(MessageCardRules.ActionCardNested, action, "it stands in an ActionCard");
            return;
        }
        _card.Members(action, MessageCardTypes.ActionCard);
        if (action["actions"u8].Count == 0)
            _findings.Add(MessageCardRules.ActionCardEmpty, action, "the ActionCard has no actions");
        RowCheck.Of(ButtonRules.Message, action["actions"u8], action["actions"u8], _findings);
        Form(action);
    }

    private void Form(JsonNode action)
    {
        var (around, targets) = (_inputs, _targets);
        _inputs = new(InputRules.Message, TargetRules.Message) { Around = _all };
        _targets = new(TargetRules.Message, _inputs, _findings);
        _forms.Add(_inputs);
        foreach (var input in action["inputs"u8].Items)
            Input(input);
        foreach (var inner in action["actions"u8].Items)
            Action(inner, isInActionCard: true);
        (_inputs, _targets) = (around, targets);
    }

    private void AddIn(JsonNode action)
    {
        _card.Members(action, MessageCardTypes.AddIn);
        if (action["addInId"u8].Text is not { Length: > 0 } || action["desktopCommandId"u8].Text is not { Length: > 0 })
            _findings.Add(MessageCardRules.AddInIncomplete, action, "addInId or desktopCommandId is missing");
    }

    private void ViewAction(JsonNode action)
    {
        _card.Members(action, MessageCardTypes.ViewAction);
        _findings.Add(MessageCardRules.ViewAction, TypeMember(action), "ViewAction is outdated");
        LinkCheck.Check(ButtonRules.Message, action["target"u8].IsArray ? First(action["target"u8]) : action["target"u8], _findings);
    }

    private static JsonNode First(JsonNode array)
    {
        foreach (var item in array.Items)
            return item;
        return default;
    }

    private void Input(JsonNode input)
    {
        if (!input.IsObject)
            return;
        var type = TypeMember(input);
        if (TypeOf(type) is not { } known)
        {
            _findings.Add(MessageCardRules.InputUnknown, type.Exists ? type : input, type.Text is { } name ? $"{Findings.Quoted(name)} is unknown" : "there is no @type");
            return;
        }
        _card.Members(input, known);
        _inputs.Add(input, -1, _findings);
        if (input["title"u8].Text is not { Length: > 0 })
            _findings.Add(InputRules.Message.LabelMissing, input, "there is no title");
        if (known == MessageCardTypes.MultichoiceInput)
            Choices(input);
    }

    private void Choices(JsonNode input)
    {
        ChoiceCheck.Of(InputRules.Message, input, input["choices"u8], _findings);
        foreach (var choice in input["choices"u8].Items)
        {
            if (choice.IsObject)
                _card.Members(choice, MessageCardTypes.Choice);
        }
    }

    // Some senders leave the @ out.
    private static JsonNode TypeMember(JsonNode part) => part["@type"u8] is { Exists: true } type ? type : part["type"u8];

    private static ElementDefinition? TypeOf(JsonNode type) =>
        type.SaysAnyCase("TextInput"u8) ? MessageCardTypes.TextInput
        : type.SaysAnyCase("DateInput"u8) ? MessageCardTypes.DateInput
        : type.SaysAnyCase("MultichoiceInput"u8) ? MessageCardTypes.MultichoiceInput
        : null;
}
