namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>A member that a check asks for. The names are those of the members.</summary>
internal enum Known
{
    None,
    Actions,
    AddInId,
    AltText,
    BackgroundColor,
    BackgroundImage,
    Body,
    Choices,
    Color,
    Columns,
    ErrorMessage,
    FirstRowAsHeader,
    FirstRowAsHeaders,
    Headers,
    Height,
    IconUrl,
    Id,
    IsRequired,
    IsVisible,
    Items,
    Label,
    Max,
    Method,
    Min,
    Padding,
    Placeholder,
    Poster,
    Regex,
    Rows,
    SelectAction,
    Size,
    Style,
    TargetElements,
    Text,
    Timer,
    Title,
    Tooltip,
    Url,
    Value,
    Verb,
    Weight,
    Width,
    Wrap,
}

/// <summary>The members of the part that is looked at, each found once.</summary>
internal sealed class PartMembers
{
    // Numbers alone, since references cost the collector a note each time they are written. Number 0 is the whole text, which is no member.
    private readonly int[] _indices = new int[(int)Known.Wrap + 1];
    private JsonText? _text;

    /// <summary>The member; not there where the part has none.</summary>
    public JsonNode this[Known member] => _indices[(int)member] is > 0 and var index ? new(_text!, index) : default;

    /// <summary>Begins with another part, of which no member is known yet.</summary>
    public void Begin(JsonNode part)
    {
        Array.Clear(_indices);
        _text = part.Source;
    }

    public void Add(Known known, JsonNode member) => _indices[(int)known] = member.Index;
}
