namespace ActionMail.Protocol.Cards.Model;

/// <summary>What a part of a card is for.</summary>
public enum PartCategory
{
    /// <summary>The card, or one that <c>Action.ShowCard</c> shows.</summary>
    Card,

    /// <summary>Something seen: text, an image, a container.</summary>
    Element,

    /// <summary>Something filled in.</summary>
    Input,

    /// <summary>Something that happens on a click.</summary>
    Action,

    /// <summary>A piece of another part: a column, a fact, a choice.</summary>
    Piece,
}
