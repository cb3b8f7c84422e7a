namespace ActionMail.Protocol.Cards;

/// <summary>Tokens of a JSON pointer. RFC 6901 §3.</summary>
public static class JsonPointer
{
    /// <summary>A member name as a pointer token: ~ becomes ~0 and / becomes ~1.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
