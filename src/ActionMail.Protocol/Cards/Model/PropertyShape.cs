using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>What the value of a member looks like. A JSON null counts as "not there" for each of them.</summary>
public abstract record PropertyShape
{
    private PropertyShape() { }

    /// <summary>A string that is shown or passed on as it is.</summary>
    public sealed record Text : PropertyShape;

    /// <summary>A string in the Markdown subset. Protocol §4.</summary>
    public sealed record Markdown : PropertyShape;

    /// <summary>A string with a URL; <paramref name="MayBeData"/> where <c>data:</c> is a choice too.</summary>
    public sealed record Url(bool MayBeData) : PropertyShape;

    /// <summary>A number of at least <paramref name="Min"/> and at most <paramref name="Max"/>.</summary>
    public sealed record Number(double Min, double Max) : PropertyShape;

    /// <summary>A whole number of at least <paramref name="Min"/> and at most <paramref name="Max"/>.</summary>
    public sealed record Integer(int Min, int Max) : PropertyShape;

    /// <summary>True or false.</summary>
    public sealed record Flag : PropertyShape;

    /// <summary>True or false, or the text of one: senders write both and clients read both.</summary>
    public sealed record FlagOrText : PropertyShape;

    /// <summary>One of <paramref name="All"/>, the case of letters aside, as the clients read them.</summary>
    public sealed record Words(ImmutableArray<string> All) : PropertyShape
    {
        private readonly byte[][] _utf8 = [.. All.Select(System.Text.Encoding.UTF8.GetBytes)];

        /// <summary>Whether a value is one of them.</summary>
        public bool Has(JsonNode value)
        {
            foreach (var word in _utf8)
            {
                if (value.SaysAnyCase(word))
                    return true;
            }
            return false;
        }
    }

    /// <summary>A string <c>#RRGGBB</c> or <c>#AARRGGBB</c>.</summary>
    public sealed record Color : PropertyShape;

    /// <summary>A string such as <c>80px</c>.</summary>
    public sealed record Pixels : PropertyShape;

    /// <summary>A string with a number, of a width relative to its neighbours: <c>2</c>, <c>2*</c>.</summary>
    public sealed record Weight : PropertyShape;

    /// <summary>A string with a date, <c>2026-11-26</c>.</summary>
    public sealed record Date : PropertyShape;

    /// <summary>A string with a time of day, <c>17:30</c>.</summary>
    public sealed record Time : PropertyShape;

    /// <summary>A string with a version, <c>1.4</c>.</summary>
    public sealed record Version : PropertyShape;

    /// <summary>An element of the card's body.</summary>
    public sealed record Element : PropertyShape;

    /// <summary>An action; a <c>selectAction</c> may not show a card.</summary>
    public sealed record Action(bool MayShowCard) : PropertyShape;

    /// <summary>An object that is of type <paramref name="Type"/> by its place, whether it says so or not.</summary>
    public sealed record Piece(string Type) : PropertyShape;

    /// <summary>An array.</summary>
    public sealed record ListOf(PropertyShape Item) : PropertyShape;

    /// <summary>An object with values of one shape, under names that are the sender's.</summary>
    public sealed record MapOf(PropertyShape Item) : PropertyShape;

    /// <summary>Any of several shapes.</summary>
    public sealed record AnyOf(ImmutableArray<PropertyShape> Shapes) : PropertyShape;

    /// <summary>The sender's own data: any JSON, in which nothing is a part of the card.</summary>
    public sealed record Data : PropertyShape;
}
