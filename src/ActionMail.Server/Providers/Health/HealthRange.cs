namespace ActionMail.Server.Providers.Health;

/// <summary>How far back a health page looks, and in what steps.</summary>
/// <param name="Code">As it stands in an address.</param>
/// <param name="Title">In words.</param>
/// <param name="Steps">How many columns a chart has.</param>
/// <param name="Step">How much time a column stands for.</param>
internal sealed record HealthRange(string Code, string Title, int Steps, TimeSpan Step)
{
    public static readonly HealthRange Day = new("24h", "24 hours", 24, TimeSpan.FromHours(1));
    public static readonly HealthRange Week = new("7d", "7 days", 28, TimeSpan.FromHours(6));
    public static readonly HealthRange Month = new("30d", "30 days", 30, TimeSpan.FromDays(1));

    public static IReadOnlyList<HealthRange> All { get; } = [Day, Week, Month];

    /// <summary>The day where nothing was asked for; null for what is none.</summary>
    public static HealthRange? Find(string? code) => code is null ? Day : All.FirstOrDefault(range => string.Equals(range.Code, code, StringComparison.Ordinal));

    /// <summary>Where the first column begins: the last one ends with the hour that runs.</summary>
    public DateTimeOffset Begin(DateTimeOffset now) => HourCounter.HourOf(now).AddHours(1) - (Step * Steps);
}
