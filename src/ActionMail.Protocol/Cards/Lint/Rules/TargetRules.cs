using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>What is called and sent by a click: Action.Http of an Adaptive Card, HttpPOST of a MessageCard. Protocol §4 to §6.</summary>
internal sealed record TargetRules(string Prefix, string ActionType, string UrlMember)
{
    public static readonly TargetRules Adaptive = new("AC", "Action.Http", "url");
    public static readonly TargetRules Message = new("MC", "HttpPOST", "target");

    public LintRule UrlMissing { get; } = Error(Prefix + "0301", $"An {ActionType} without a {UrlMember}",
        "Say what is to be called.",
        "The card is refused.");

    public LintRule UrlForm { get; } = Error(Prefix + "0302", $"The {UrlMember} is not a URL that can be called",
        "Write https://, a host name, and a path, without spaces or backslashes.",
        "A call that two parsers could understand differently is refused.");

    public LintRule NotHttps { get; } = Error(Prefix + "0303", $"The {UrlMember} does not use https",
        "Use https.",
        "What the recipient enters and the token that names them would travel in the open. The card is refused.");

    public LintRule OwnMachine { get; } = Warning(Prefix + "0304", $"The {UrlMember} leads to the own machine",
        "Use it with the emulator only; write the service's public https address before the card is sent.",
        "No recipient's platform can reach it.");

    public LintRule UserInfo { get; } = Error(Prefix + "0305", $"The {UrlMember} holds a user name or password",
        "Remove it. The request carries a signed token that says who acts.",
        "Whoever reads the mail reads the password. The card is refused.");

    public LintRule OriginNotLiteral { get; } = Error(Prefix + "0306", $"An input value in the scheme, host or port of the {UrlMember}",
        "Write scheme, host and port out, and put values into the path, the query or the body.",
        "The recipient could send the token anywhere. The card is refused.");

    public LintRule Secret { get; } = Warning(Prefix + "0307", $"A secret in the {UrlMember}",
        "Identify the message in the URL, and check the bearer token to know who acts.",
        "Mails are forwarded, archived and scanned, and everybody who has the URL could call it.");

    public LintRule HeaderForm { get; } = Error(Prefix + "0308", "headers is no list of names and values",
        "Write [{\"name\": …, \"value\": …}] with texts, at most 20 of them.",
        "The card is refused.");

    public LintRule HeaderForbidden { get; } = Error(Prefix + "0309", "A header that a card may not send",
        "Use Content-Type, Accept, Accept-Language, names that begin with X-, or Authorization with an empty value.",
        "Other headers would speak for the platform. The card is refused.");

    public LintRule ValueNamesNoInput { get; } = Warning(Prefix + "0310", "A value of an input that the card does not have",
        "Correct the id, or add the input.",
        "The service receives an empty text in its place.");

    public LintRule ValueUnescaped { get; } = Warning(Prefix + "0311", "Input values in a body whose content type has no escaping",
        "Send Content-Type application/json or application/x-www-form-urlencoded.",
        "What a recipient types can break the structure of the body.");

    public LintRule ContentTypeBody { get; } = Warning(Prefix + "0312", "A body that is not what its content type says",
        "Make Content-Type and body agree.",
        "The service cannot read the body, or input values are escaped for the wrong format.");

    public LintRule Refused { get; } = Error(Prefix + "0313", "ActionMail refuses the card",
        "Mend what the message names.",
        "The card would be card_malformed on arrival, and nobody would see it.");

    public ImmutableArray<LintRule> All =>
    [
        UrlMissing, UrlForm, NotHttps, OwnMachine, UserInfo, OriginNotLiteral, Secret, HeaderForm, HeaderForbidden, ValueNamesNoInput, ValueUnescaped, ContentTypeBody,
        Refused,
    ];
}
