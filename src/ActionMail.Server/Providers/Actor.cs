using ActionMail.Server.Accounts;

namespace ActionMail.Server.Providers;

/// <summary>Who does something to a registration, and from where: a person, or the operator with the token.</summary>
/// <param name="Person">Null for the operator.</param>
/// <param name="From">The remote address, for the audit log.</param>
internal sealed record Actor(Person? Person, string From)
{
    private const string OperatorName = "operator";

    /// <summary>The platform itself, where nobody decided.</summary>
    public const string PlatformName = "platform";

    /// <summary>How lists and the audit log name them: their address.</summary>
    public string Name => Person?.PrimaryAddress.ToString() ?? (IsPlatform ? PlatformName : OperatorName);

    /// <summary>What was recorded of somebody, for people to read.</summary>
    public static string WordsOf(string name) => name switch { PlatformName => "the platform", OperatorName => "the operator", _ => name };

    /// <summary>Whether it is a rule of the platform that acts, and no human.</summary>
    public bool IsPlatform { get; private init; }

    public bool IsOperator => Person is null;

    public static Actor Of(Person person, HttpContext http) => new(person, FromOf(http));

    public static Actor Operator(HttpContext http) => new(null, FromOf(http));

    /// <summary>The platform by one of its rules, which the audit log names in place of an address.</summary>
    public static Actor Platform(string rule) => new(null, rule) { IsPlatform = true };

    private static string FromOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
