using System.Text.RegularExpressions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The members of the card itself, judged when its parts were seen. Protocol §4.</summary>
internal sealed partial class CardMembersCheck(CardTree card, Findings findings)
{
    private readonly JsonNode _json = card.Json;

    public void Conclude(bool hasText, ActionCheck actions)
    {
        Version(actions);
        Identity(_json, CardRules.OriginatorMissing, CardRules.CorrelationIdForm, CardRules.ExpectedActorsShape, CardRules.ExpectedActorForm, findings);
        Contents(hasText, actions);
        AutoInvoke(_json["autoInvokeAction"u8]);
        Refresh(_json["refresh"u8]);
        if (_json["lang"u8] is { Exists: true, Kind: not System.Text.Json.JsonValueKind.Null } lang && (lang.Text is not { } tag || !LanguageTag().IsMatch(tag)))
            findings.Add(CardRules.LanguageForm, lang, $"{Findings.Quoted(lang.Text ?? lang.RawText)} is no language tag");
    }

    /// <summary>Who sends, which mail it is and who may act: the same in both kinds of card.</summary>
    public static void Identity(JsonNode json, LintRule originatorMissing, LintRule correlationIdForm, LintRule actorsShape, LintRule actorForm, Findings findings)
    {
        var (originator, correlationId, actors) = (json["originator"u8], json["correlationId"u8], json["expectedActors"u8]);
        if (originator.Text is not { Length: > 0 })
            findings.Add(originatorMissing, originator.Exists ? originator : json, originator.Exists ? "the originator is empty" : "there is no originator");
        if (correlationId is { Exists: true, Kind: not System.Text.Json.JsonValueKind.Null } && !Guid.TryParse(correlationId.Text, out _))
            findings.Add(correlationIdForm, correlationId, $"{Findings.Quoted(correlationId.Text ?? correlationId.RawText)} is no UUID");
        if (actors is { Exists: true, Kind: not System.Text.Json.JsonValueKind.Null })
            ExpectedActors(actors, actorsShape, actorForm, findings);
    }

    private static void ExpectedActors(JsonNode actors, LintRule shape, LintRule form, Findings findings)
    {
        if (!actors.IsArray)
            findings.Add(shape, actors, "expectedActors is no array");
        foreach (var actor in actors.Items)
        {
            if (actor.Text is not { } text)
                findings.Add(shape, actor, "an expected actor is no text");
            else if (!EmailAddress.TryParse(text, out _))
                findings.Add(form, actor, $"{Findings.Quoted(text)} is no address");
        }
    }

    private void Version(ActionCheck actions)
    {
        var version = _json["version"u8];
        if (!version.Exists || version.Kind == System.Text.Json.JsonValueKind.Null)
            findings.Add(CardRules.VersionMissing, version.Exists ? version : _json, "there is no version");
        else if (!version.IsString || card.Version is not { } known || known < CardVersion.V1_0 || known > CardVersion.Newest)
            findings.Add(CardRules.VersionUnknown, version, $"{Findings.Quoted(version.Text ?? version.RawText)} is none of 1.0 to {CardVersion.Newest}");
        else if (known > CardVersion.V1_0 && known < Universal)
            findings.Add(CardRules.VersionTrap, version, $"version {known} is not shown there: only 1.0, and 1.4 and above");
        else if (known >= Universal && actions.HasHttp)
            findings.Add(CardRules.VersionTrap, version, $"at version {known} Action.Http is not shown there");
    }

    private static readonly CardVersion Universal = new(1, 4);

    private void Contents(bool hasText, ActionCheck actions)
    {
        var isEmpty = _json["body"u8].Count == 0 && _json["actions"u8].Count == 0;
        if (isEmpty && _json["autoInvokeAction"u8].IsObject)
            findings.Add(CardRules.AutoInvokeAlone, _json["autoInvokeAction"u8], "there is neither a body nor an action beside it");
        else if (isEmpty || (_json["body"u8].Count == 0 && !actions.HasButtons))
            findings.Add(CardRules.NothingToShow, _json, "there is neither a body nor an action");
        if (!hasText && _json["hideOriginalBody"u8].IsTrue)
            findings.Add(CardRules.HideBodyWithoutText, _json["hideOriginalBody"u8], "no text is in the card");
    }

    private void AutoInvoke(JsonNode action)
    {
        if (action.Kind is System.Text.Json.JsonValueKind.Undefined or System.Text.Json.JsonValueKind.Null)
            return;
        if (!action["type"u8].Says("Action.Http"u8))
            findings.Add(CardRules.AutoInvokeForm, action, "it is no Action.Http");
        else if (!action["method"u8].SaysAnyCase("POST"u8))
            findings.Add(CardRules.AutoInvokeForm, action["method"u8] is { Exists: true } method ? method : action, "its method is not POST");
    }

    private void Refresh(JsonNode refresh)
    {
        if (!refresh.IsObject)
            return;
        if (!refresh["action"u8]["type"u8].Says("Action.Execute"u8))
            findings.Add(CardRules.RefreshWithoutExecute, refresh["action"u8] is { Exists: true } action ? action : refresh, "the action of refresh is no Action.Execute");
        if (refresh["userIds"u8].Count > 0)
            findings.Add(CardRules.RefreshUserIds, refresh["userIds"u8], "userIds is not looked at");
    }

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
