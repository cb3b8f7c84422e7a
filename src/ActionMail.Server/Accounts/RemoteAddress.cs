namespace ActionMail.Server.Accounts;

/// <summary>Where a request comes from, for the audit log: what a trusted proxy says, else who is at the other end.</summary>
internal static class RemoteAddress
{
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : "";
}
