namespace ActionMail.Protocol.Actions;

/// <summary>What filling a body came to.</summary>
internal abstract record BodyFilling
{
    private BodyFilling() { }

    public sealed record Filled(string Text) : BodyFilling;

    /// <summary>The card puts a value where no value can be written so that it stays itself.</summary>
    public sealed record Refused(string InputId, string Why) : BodyFilling;
}
