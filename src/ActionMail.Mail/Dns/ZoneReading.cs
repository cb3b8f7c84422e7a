namespace ActionMail.Mail.Dns;

/// <summary>What came of reading a zone file.</summary>
public abstract record ZoneReading
{
    private ZoneReading() { }

    /// <summary>Every line could be read.</summary>
    public sealed record Read(Zone Zone) : ZoneReading;

    /// <summary>The first line that could not be read, counted from 1, and what to write there.</summary>
    public sealed record Refused(int Line, string Why) : ZoneReading;
}
