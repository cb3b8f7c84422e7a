using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// One action of a card. <paramref name="Id"/> is ours: stable for a card version, a letter and the action's number in the order of the
/// text, so that a page can name an action without holding what it calls. <paramref name="Pointer"/> is its place (RFC 6901).
/// </summary>
public abstract record CardAction(string Id, string Pointer, string Title)
{
    /// <summary>The id of the card's <c>autoInvokeAction</c>.</summary>
    public const string AutoInvokeId = "auto";

    /// <summary><c>Action.Http</c>, and a MessageCard's <c>HttpPOST</c>: the platform calls <paramref name="Url"/>. Protocol §4.</summary>
    public sealed record Http(string Id, string Pointer, string Title, HttpVerb Method, Template Url, ImmutableArray<HeaderTemplate> Headers, Template? Body)
        : CardAction(Id, Pointer, Title)
    {
        /// <summary>The ids of the inputs whose values the call takes.</summary>
        public IEnumerable<string> InputIds => [.. Url.InputIds, .. Headers.SelectMany(header => header.Value.InputIds), .. Body?.InputIds ?? []];
    }

    /// <summary><c>Action.Execute</c>: the platform calls the provider's registered endpoint.</summary>
    public sealed record Execute(string Id, string Pointer, string Title) : CardAction(Id, Pointer, Title);

    /// <summary>An action that the client carries out alone: open a link, show a card, toggle visibility and the like.</summary>
    public sealed record Local(string Id, string Pointer, string Title, string Type) : CardAction(Id, Pointer, Title);
}

/// <summary>The methods that <c>Action.Http</c> knows.</summary>
public enum HttpVerb
{
    /// <summary>No body is sent.</summary>
    Get,

    /// <summary>A body is required.</summary>
    Post,
}

/// <summary>One header that a card asks for; its value may name inputs.</summary>
public sealed record HeaderTemplate(string Name, Template Value);
