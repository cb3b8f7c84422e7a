using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The actions of an Adaptive Card, each alone and all together.</summary>
internal sealed class ActionCheck(CardTree card, PartMembers members, TextCheck texts, InputUse inputs, VisibilityCheck visibility, Findings findings)
{
    private static readonly CardVersion KnowsExecute = new(1, 4);

    private readonly TargetCheck _targets = new(TargetRules.Adaptive, inputs, findings);
    private readonly Dictionary<string, JsonNode> _linkable = new(StringComparer.Ordinal);
    private JsonNode _http;
    private JsonNode _execute;

    /// <summary>Whether an Action.Http is there that is no fallback.</summary>
    public bool HasHttp => _http.Exists;

    /// <summary>Whether an action stands where it is drawn as a button.</summary>
    public bool HasButtons { get; private set; }

    public void Row(JsonNode actions)
    {
        if (actions.Count > 0)
        {
            HasButtons = true;
            RowCheck.Of(ButtonRules.Adaptive, actions, actions, findings);
        }
    }

    public void Action(in CardPart part)
    {
        var action = part.Json;
        texts.Plain(members[Known.Title]);
        Place(part);
        switch (part.Definition!.Type)
        {
            case "Action.Http": Http(part); break;
            case "Action.Execute": Execute(part); break;
            case "Action.Submit": Submit(part); break;
            case "Action.OpenUrl": LinkCheck.Check(ButtonRules.Adaptive, members[Known.Url], findings); break;
            case "Action.ToggleVisibility": Toggle(members[Known.TargetElements]); break;
            case "Action.ShowCard": ShowCard(part); break;
            case "Action.InvokeAddInCommand": AddIn(members[Known.AddInId]); break;
        }
    }

    public void Conclude()
    {
        if (_http.Exists && _execute.Exists)
            findings.Add(AdaptiveActionRules.TwoModels, _http.Index > _execute.Index ? _http : _execute, "the other model is used before");
        if (_linkable.Count == 0 && texts.LinkedActions.Count == 0)
            return;
        var linked = texts.LinkedActions.Select(link => link.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, at) in texts.LinkedActions)
        {
            if (!_linkable.ContainsKey(id))
                findings.Add(AdaptiveActionRules.LinkedActionMissing, at, $"resources.actions has no {Findings.Quoted(id)}");
        }
        foreach (var (id, action) in _linkable)
        {
            if (!linked.Contains(id))
                findings.Add(AdaptiveActionRules.LinkedActionUnused, action, $"no text links to action:{id}");
        }
    }

    private void Place(in CardPart part)
    {
        if (part.Via is not { } via || part.Parent < 0)
            return;
        ref readonly var around = ref card[part.Parent];
        if (around.Definition?.Type == "Resources")
            Linkable(part.Json);
        else if (via.Name == "actions" && !(members[Known.Tooltip].IsString && members[Known.IconUrl].IsString))
            LabelCheck.Check(ButtonRules.Adaptive, part.Json, members[Known.Title], findings);
    }

    // Under their ids as members, or in an array with an id each.
    private void Linkable(JsonNode action)
    {
        var id = action.IsMember ? action.Name : action["id"u8].Text;
        if (id is not null)
            _linkable.TryAdd(id, action);
    }

    private void Http(in CardPart part)
    {
        var action = part.Json;
        if (!part.IsInFallback && !_http.Exists)
            _http = action;
        var (method, body, headers) = (members[Known.Method], members[Known.Body], members[Known.Headers]);
        var isPost = method.SaysAnyCase("POST"u8);
        var isGet = method.SaysAnyCase("GET"u8);
        if (!isPost && !isGet)
            findings.Add(AdaptiveActionRules.MethodUnknown, method.Exists ? method : action, method.Text is { } word ? $"the method is {Findings.Quoted(word)}" : "there is no method");
        _targets.Url(action, members[Known.Url]);
        _targets.Headers(headers);
        if (isGet && body is { IsString: true, Bytes.IsEmpty: false })
            findings.Add(AdaptiveActionRules.GetWithBody, body, "a GET sends no body");
        if (isPost && !body.IsString && !body.IsObject && !body.IsArray)
            findings.Add(AdaptiveActionRules.PostWithoutBody, body.Exists ? body : action, body.Exists ? "the body is no text" : "there is no body");
        if (body.IsObject || body.IsArray)
            findings.Add(AdaptiveActionRules.BodyNotText, body, "the body is JSON and not a text");
        if (!isGet)
            _targets.Body(body, TargetCheck.ContentType(headers));
    }

    private void Execute(in CardPart part)
    {
        inputs.AllAreSent = true;
        if (part.IsInFallback)
            return;
        if (!_execute.Exists)
            _execute = part.Json;
        if (card.Version is { } version && version < KnowsExecute && !part.Json["fallback"u8].Exists)
            findings.Add(AdaptiveActionRules.ExecuteTooOld, part.Json, $"the card says version {version}");
        if (members[Known.Verb].Text is not { Length: > 0 })
            findings.Add(AdaptiveActionRules.ExecuteWithoutVerb, part.Json, "there is no verb");
    }

    private void Submit(in CardPart part)
    {
        inputs.AllAreSent = true;
        if (!part.IsInFallback && !part.Json["fallback"u8].IsObject)
            findings.Add(AdaptiveActionRules.SubmitNotShown, part.Json, "Action.Submit is not shown");
    }

    private void Toggle(JsonNode targets)
    {
        foreach (var target in targets.Items)
            visibility.Target(target);
    }

    private void ShowCard(in CardPart part)
    {
        if (part.Via?.Shape is PropertyShape.Action { MayShowCard: false })
            findings.Add(AdaptiveActionRules.SelectShowCard, part.Json, "a card cannot be shown from here");
        else if (part.IsBehindShowCard)
            findings.Add(AdaptiveActionRules.ShowCardNested, part.Json, "it stands in a card that is itself shown by a button");
    }

    private void AddIn(JsonNode id)
    {
        if (id.Text is { } text && !Guid.TryParse(text, out _))
            findings.Add(AdaptiveActionRules.AddInIdForm, id, $"{Findings.Quoted(text)} is no UUID");
    }
}
