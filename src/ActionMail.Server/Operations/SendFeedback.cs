using System.Globalization;
using System.Reflection;
using System.Text;
using System.Threading.RateLimiting;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Outbound;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Operations;

/// <summary>What somebody tells the operator.</summary>
/// <param name="Text">In their words.</param>
/// <param name="Page">The page that it is about, a path.</param>
/// <param name="WithRecord">Whether the decision record of the page's message goes along.</param>
internal sealed record Feedback(string Text, string Page, bool WithRecord);

/// <summary>What came of it: exactly one of the cases below.</summary>
internal abstract record FeedbackResult
{
    private FeedbackResult() { }

    public sealed record Sent : FeedbackResult;

    /// <summary>It was not sent; why, in words.</summary>
    public sealed record Refused(string Words) : FeedbackResult;
}

/// <summary>
/// "Send feedback": a mail to the operator with the page and the version; of a message's page the decision record too, where the person agrees. dashboard.md "Elsewhere in
/// the portal".
/// </summary>
internal sealed class SendFeedback(SendNotice notices, InboxQueries inbox, IOptions<ServerOptions> server) : IDisposable
{
    public const int LongestText = 5_000;
    private const int MostPerHour = 10;
    private const string EmulatorOperator = "reviewer@platform.test";

    private readonly PartitionedRateLimiter<Guid> _rate = PartitionedRateLimiter.Create<Guid, Guid>(person =>
        RateLimitPartition.GetFixedWindowLimiter(person, _ => new() { PermitLimit = MostPerHour, Window = TimeSpan.FromHours(1) }));

    /// <summary>Where it goes; null where the operator has named no address.</summary>
    public EmailAddress? To { get; } = EmailAddress.TryParse(server.Value.OperatorAddress ?? (server.Value.Mode == ServerMode.Emulator ? EmulatorOperator : ""), out var address) ? address : null;

    public static string Version { get; } = typeof(SendFeedback).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The message whose page it is, or null.</summary>
    public static Guid? MessageOf(string page) => page.Split('/') is ["", "inbox", var id, ..] && Guid.TryParseExact(id, "D", out var message) ? message : null;

    public async Task<FeedbackResult> SendAsync(Person person, Feedback feedback, CancellationToken cancel)
    {
        if (To is not { } to || !notices.CanReach(to))
            return new FeedbackResult.Refused("The operator of this platform has named no address that feedback could go to.");
        if (feedback.Text.Trim().Length is 0 or > LongestText)
            return new FeedbackResult.Refused(string.Create(CultureInfo.InvariantCulture, $"Write what you want to say, in at most {LongestText} characters."));
        using var permit = _rate.AttemptAcquire(person.Id);
        if (!permit.IsAcquired)
            return new FeedbackResult.Refused(string.Create(CultureInfo.InvariantCulture, $"You have sent {MostPerHour} within an hour. Try again later."));
        var record = feedback.WithRecord && MessageOf(feedback.Page) is { } message ? await inbox.WhyAsync(SignedInPerson.Of(person), message, cancel) : null;
        return await notices.SendAsync(person.OrganizationId, to, $"Feedback from {person.PrimaryAddress}", Write(person, feedback, record), cancel)
            ? new FeedbackResult.Sent()
            : new FeedbackResult.Refused("It could not be delivered.");
    }

    public void Dispose() => _rate.Dispose();

    private string Write(Person person, Feedback feedback, WhyView? record)
    {
        var text = new StringBuilder(feedback.Text.Trim()).Append("\n\n-- \n")
            .Append(CultureInfo.InvariantCulture, $"From: {person.DisplayName} <{person.PrimaryAddress}>\n")
            .Append(CultureInfo.InvariantCulture, $"Page: {notices.Link(feedback.Page)}\n")
            .Append(CultureInfo.InvariantCulture, $"Version: {Version}\n");
        if (record is null)
            return text.ToString();
        var checks = record.Checks.Concat(record.Change is { } change ? [change.Check] : Array.Empty<CheckView>());
        return text.Append(CultureInfo.InvariantCulture, $"\nDecision record of {record.MessageId:D}: {record.Card} {record.Reason?.Code()}\n")
            .AppendJoin('\n', checks.Select(check => $"{check.Code.Code()}: {check.Outcome}. {check.Evidence}")).Append('\n').ToString();
    }
}
