namespace ActionMail.Server.Persistence;

/// <summary>The section <c>Store</c>.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

    /// <summary>How long a statement waits for a database that another program has locked; then mail is answered 451 and a click 503. Default 5 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
