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
    private readonly JsonNode[] _nodes = new JsonNode[(int)Known.Wrap + 1];

    /// <summary>The member; not there where the part has none.</summary>
    public JsonNode this[Known member]
    {
        get => _nodes[(int)member];
        set => _nodes[(int)member] = value;
    }

    public void Clear() => Array.Clear(_nodes);
}
