namespace ActionMail.Protocol.Carriage;

/// <summary>Takes the cards out of a page, so that what is replied to or forwarded carries none. Protocol §1.</summary>
public static class CarriageRemoval
{
    private const int MaxPasses = 4;

    // Each form must have one of these words in its text; with a space in them none has.
    private static readonly (string Word, string Broken)[] Words = [("AdaptiveCard", "Adaptive Card"), ("MessageCard", "Message Card")];

    /// <summary>
    /// The page without the scripts and microdata that carry a card, quoted ones included; the same text where it has none. <see cref="CardFinder"/> finds
    /// nothing in the result. <paramref name="htmlFault"/> is that of the finder: where the text must not be read, its words are broken.
    /// </summary>
    public static string FromHtml(string html, string? htmlFault = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (!HasWords(html))
                return html;
            var without = CarriageCuts.In(html).Apply(html);
            // What is left resists: it is a card only by a mistake in the page that this reading does not make.
            if (ReferenceEquals(without, html))
                return CardFinder.Find(html, [], htmlFault) is CarriedCard.None ? html : Break(html);
            html = without;
        }
        // Each cut brought another form to light.
        return Break(html);
    }

    private static bool HasWords(string html) => Array.Exists(Words, each => html.Contains(each.Word, StringComparison.OrdinalIgnoreCase));

    private static string Break(string html) =>
        Words.Aggregate(html, (text, each) => text.Replace(each.Word, each.Broken, StringComparison.OrdinalIgnoreCase));
}
