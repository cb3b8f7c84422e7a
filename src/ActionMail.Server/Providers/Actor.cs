using ActionMail.Server.Accounts;

namespace ActionMail.Server.Providers;

/// <summary>Who does something to a registration, and from where: a person, or the operator with the token.</summary>
/// <param name="Person">Null for the operator.</param>
/// <param name="From">The remote address, for the audit log.</param>
internal sealed record Actor(Person? Person, string From)
{
    private const string OperatorName = "operator";

    /// <summary>How lists and the audit log name them: their address.</summary>
    public string Name => Person?.PrimaryAddress.ToString() ?? OperatorName;

    public bool IsOperator => Person is null;

    public static Actor Of(Person person, HttpContext http) => new(person, FromOf(http));

    public static Actor Operator(HttpContext http) => new(null, FromOf(http));

    private static string FromOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
