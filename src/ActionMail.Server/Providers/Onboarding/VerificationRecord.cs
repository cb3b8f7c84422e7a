using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;
using ActionMail.Protocol.Carriage;
using ActionMail.Server.Inbox;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Onboarding;

/// <summary>A finding of the lint as it is kept with a verification mail.</summary>
internal sealed record StoredFinding(string Code, LintSeverity Severity, string Pointer, string Message);

/// <summary>What is kept of a verification mail: what would be decided about its card if the waiting revision ran, how its sender is proven, and what the lint says.</summary>
internal sealed class VerificationRecord(CopyDecisions decisions, PlatformAddresses addresses, IOptions<CardLimits> limits)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>The findings of a mail that was kept.</summary>
    public static ImmutableArray<StoredFinding> FindingsOf(VerificationMailRow row) => JsonSerializer.Deserialize<ImmutableArray<StoredFinding>>(row.Findings, Json);

    public VerificationMailRow Of(MailToPlatform mail, PendingRequest request, VerificationOutcome outcome)
    {
        var decision = decisions.Try(mail.Facts, mail.Carried, request.Registration, addresses.Onboarding, mail.ArrivedAt);
        var card = decision.Card?.Json.RawText ?? (mail.Carried as CarriedCard.Unsigned)?.Json;
        return new()
        {
            OrganizationId = request.Registration.OrganizationId,
            Id = Guid.CreateVersion7(mail.ArrivedAt),
            ProviderId = request.Registration.Id,
            Revision = request.Revision,
            ReceivedAt = mail.ArrivedAt,
            Outcome = outcome,
            FromAddress = mail.Facts.From?.ToString() ?? "",
            Subject = mail.Mail.Subject,
            MailFrom = mail.Envelope.MailFrom,
            ClientAddress = mail.Envelope.ClientAddress.ToString(),
            Helo = mail.Envelope.Helo,
            Content = mail.Mail.Raw.ToArray(),
            ContentHash = SHA256.HashData(mail.Mail.Raw.Span),
            Sender = mail.Sender is { } sender ? StoredSender.Write(sender.Report) : null,
            IsAligned = mail.IsAligned,
            Reason = decision.Reason,
            Checks = StoredChecks.Write(decision.Checks),
            Card = card,
            Findings = JsonSerializer.Serialize(card is null ? [] : Lint(card), Json),
        };
    }

    private ImmutableArray<StoredFinding> Lint(string card) =>
        [.. CardLint.Check(Encoding.UTF8.GetBytes(card), limits.Value).Findings
            .Select(finding => new StoredFinding(finding.Rule.Code, finding.Rule.Severity, finding.Pointer, finding.Message))];
}
