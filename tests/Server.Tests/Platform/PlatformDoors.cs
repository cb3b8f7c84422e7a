namespace ActionMail.Server.Tests.Platform;

/// <summary>Where a platform is met, in this process or in one of its own: over HTTP, over SMTP, and in its data folder.</summary>
internal sealed record PlatformDoors(Uri Url, int SmtpPort, string Folder)
{
    public string OperatorToken => File.ReadAllText(Path.Combine(Folder, "operator.token"));

    public Task<string> DeliverAsync(byte[] mail, string from, params string[] recipients) => Intake.SmtpLineClient.DeliverAsync(SmtpPort, mail, from, recipients);

    /// <summary>The operator's own HTTP client.</summary>
    public HttpClient Operator()
    {
        var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", OperatorToken);
        return http;
    }
}
