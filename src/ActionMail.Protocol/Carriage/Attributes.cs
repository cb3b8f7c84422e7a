namespace ActionMail.Protocol.Carriage;

/// <summary>Attributes as this search reads them.</summary>
internal static class Attributes
{
    /// <summary>The value of an attribute that is there exactly once ("" without a value), or null: of two, browsers and libraries differ.</summary>
    public static string? Only(in HtmlReader tag, string name)
    {
        string? value = null;
        var attributes = tag.Attributes;
        while (attributes.MoveNext())
        {
            if (!attributes.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (value is not null)
                return null;
            value = attributes.Value.ToString();
        }
        return value;
    }
}
