namespace ActionMail.Protocol.Carriage;

/// <summary>Text in which tags are no tags: the content of script, style, title and the like. HTML §13.2.5.2 to §13.2.5.4.</summary>
internal static class HtmlRawText
{
    // §13.2.6.4.4 and §13.2.6.4.7 say which start tags change how the tokenizer reads on. noscript is one of them where scripts run, as they do for most readers.
    private static readonly string[] Elements = ["script", "style", "title", "textarea", "noscript", "iframe", "noembed", "noframes", "xmp", "plaintext"];

    /// <summary>The element's name in lower case when its content is raw text, else null.</summary>
    public static string? ElementNamed(ReadOnlySpan<char> name)
    {
        foreach (var element in Elements)
        {
            if (name.Length == element.Length && name.Equals(element, StringComparison.OrdinalIgnoreCase))
                return element;
        }
        return null;
    }

    /// <summary>Where the end tag of the element begins; the length of the text when there is none.</summary>
    public static int EndOf(ReadOnlySpan<char> html, int start, string element) => element switch
    {
        "plaintext" => html.Length,
        "script" => EndOfScript(html, start),
        _ => EndTag(html, start, element),
    };

    private static int EndTag(ReadOnlySpan<char> html, int start, string element)
    {
        for (var at = NextTag(html, start); at < html.Length; at = NextTag(html, at + 1))
        {
            if (IsTag(html[at..], "</", element))
                return at;
        }
        return html.Length;
    }

    private enum ScriptState { Plain, Escaped, DoublyEscaped }

    // §13.2.5.15 to §13.2.5.31: between "<!--" and "-->" a "<script" makes the next "</script" text.
    private static int EndOfScript(ReadOnlySpan<char> html, int start)
    {
        var state = ScriptState.Plain;
        for (var at = NextMark(html, start, state); at < html.Length; at = NextMark(html, at, state))
        {
            var rest = html[at..];
            if (rest[0] == '-')
            {
                at += rest.IndexOfAnyExcept('-');
                state = at < html.Length && html[at] == '>' ? ScriptState.Plain : state;
            }
            else if (state == ScriptState.Plain && rest.StartsWith("<!--", StringComparison.Ordinal))
            {
                // The two dashes count towards an end: "<!-->" is one.
                (state, at) = (ScriptState.Escaped, at + 2);
            }
            else if (IsTag(rest, "</", "script"))
            {
                if (state != ScriptState.DoublyEscaped)
                    return at;
                (state, at) = (ScriptState.Escaped, at + 1);
            }
            else
            {
                state = state == ScriptState.Escaped && IsTag(rest, "<", "script") ? ScriptState.DoublyEscaped : state;
                at++;
            }
        }
        return html.Length;
    }

    // A tag, or while escaped two dashes or more.
    private static int NextMark(ReadOnlySpan<char> html, int start, ScriptState state)
    {
        if (state == ScriptState.Plain)
            return NextTag(html, start);
        for (var at = start; at < html.Length; at++)
        {
            var next = html[at..].IndexOfAny('<', '-');
            if (next < 0)
                break;
            at += next;
            if (html[at] == '<')
                return at;
            // Dashes to the end of the text end nothing.
            if (html[at..].StartsWith("--", StringComparison.Ordinal))
                return html[at..].IndexOfAnyExcept('-') < 0 ? html.Length : at;
        }
        return html.Length;
    }

    private static int NextTag(ReadOnlySpan<char> html, int start) =>
        start >= html.Length ? html.Length : html[start..].IndexOf('<') is >= 0 and var next ? start + next : html.Length;

    private static bool IsTag(ReadOnlySpan<char> text, string open, string element) =>
        text.StartsWith(open, StringComparison.Ordinal)
        && text[open.Length..].StartsWith(element, StringComparison.OrdinalIgnoreCase)
        && text.Length > open.Length + element.Length
        && text[open.Length + element.Length] is ' ' or '\t' or '\r' or '\n' or '\f' or '/' or '>';
}
