namespace ActionMail.Mail.Message;

/// <summary>
/// The parts of a mail that a reader shows. <paramref name="CardMayBeHere"/> is false where the HTML lies in another
/// kind of multipart than alternative, related and mixed: it is shown, and no card is looked for. Protocol §1.
/// </summary>
internal sealed record Bodies(MessagePart? Html, MessagePart? Text, IReadOnlyList<MessagePart> Cards, bool CardMayBeHere)
{
    public static Bodies Of(MessagePart root)
    {
        var cards = new List<MessagePart>();
        var ordinary = true;
        var html = FindHtml(root, cards, ref ordinary);
        return new(html, FindText(root), html is null || !ordinary ? [] : cards, ordinary);
    }

    private static MessagePart? FindHtml(MessagePart part, List<MessagePart> cards, ref bool ordinary)
    {
        if (part.IsAttachment)
            return null;
        if (!part.ContentType.IsMultipart)
            return part.ContentType.Value == "text/html" ? part : null;
        if (part.ContentType.Value == "multipart/alternative")
            return FindInAlternative(part.Children, cards, ref ordinary);
        foreach (var child in ShownOf(part))
        {
            if (FindHtml(child, cards, ref ordinary) is { } html)
            {
                ordinary &= part.ContentType.Value is "multipart/related" or "multipart/mixed";
                return html;
            }
        }
        return null;
    }

    // RFC 2046 §5.1.4: the last alternative that can be shown is the one. A card part stands before it, as AMP's does.
    private static MessagePart? FindInAlternative(List<MessagePart> children, List<MessagePart> cards, ref bool ordinary)
    {
        for (var i = children.Count - 1; i >= 0; i--)
        {
            if (FindHtml(children[i], cards, ref ordinary) is not { } html)
                continue;
            cards.AddRange(children.Take(i).Where(child => child.IsCard && !child.IsAttachment));
            return html;
        }
        return null;
    }

    private static MessagePart? FindText(MessagePart part)
    {
        if (part.IsAttachment)
            return null;
        if (!part.ContentType.IsMultipart)
            return part.ContentType is { IsText: true, Value: not "text/html" } ? part : null;
        var children = ShownOf(part);
        if (part.ContentType.Value == "multipart/alternative")
            children = children.OrderByDescending(child => child.ContentType.Value == "text/plain");
        return children.Select(FindText).FirstOrDefault(text => text is not null);
    }

    // A named part beside others is an attachment to most readers, whatever its disposition says.
    private static IEnumerable<MessagePart> ShownOf(MessagePart part) => part.ContentType.Value switch
    {
        "multipart/related" => part.Children.Take(1),
        "multipart/alternative" => part.Children,
        "multipart/digest" => [],       // RFC 2046 §5.1.5: its parts are messages
        _ => part.Children.Where(child => !child.HasFileName),
    };
}
