using System.ComponentModel.DataAnnotations;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers.Platform;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>The addresses of the platform itself; the section <c>Intake</c>.</summary>
internal sealed class IntakeOptions : IValidatableObject
{
    public const string Section = "Intake";

    /// <summary>Where developers send their verification mail. Default <c>onboarding</c> at the public host; in the emulator at platform.test.</summary>
    public string? OnboardingAddress { get; init; }

    /// <summary>Where other mail systems send feedback reports (RFC 5965). Default <c>complaints</c>, likewise.</summary>
    public string? ComplaintsAddress { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OnboardingAddress is not null && !EmailAddress.TryParse(OnboardingAddress, out _))
            yield return new("Intake:OnboardingAddress is one e-mail address.");
        if (ComplaintsAddress is not null && !EmailAddress.TryParse(ComplaintsAddress, out _))
            yield return new("Intake:ComplaintsAddress is one e-mail address.");
        if (OnboardingAddress is not null && string.Equals(OnboardingAddress, ComplaintsAddress, StringComparison.OrdinalIgnoreCase))
            yield return new("Intake:OnboardingAddress and Intake:ComplaintsAddress are two addresses.");
    }
}

/// <summary>What the platform itself takes mail for.</summary>
internal enum PlatformMailbox
{
    Onboarding,
    Complaints,

    /// <summary>Mails that prove a domain.</summary>
    DomainProof,
}

/// <summary>Which addresses are the platform's own. Nobody else can have one of them.</summary>
internal sealed class PlatformAddresses
{
    public PlatformAddresses(IOptions<IntakeOptions> intake, IOptions<AccountOptions> accounts, PlatformProvider platform)
    {
        var domain = platform.Address.Domain;
        Onboarding = EmailAddress.Parse(intake.Value.OnboardingAddress ?? $"onboarding@{domain}");
        Complaints = EmailAddress.Parse(intake.Value.ComplaintsAddress ?? $"complaints@{domain}");
        DomainProof = EmailAddress.Parse(accounts.Value.Domains.MailAddress ?? $"domain-proof@{domain}");
    }

    public EmailAddress Onboarding { get; }

    public EmailAddress Complaints { get; }

    public EmailAddress DomainProof { get; }

    public PlatformMailbox? Find(EmailAddress address) =>
        address == Onboarding ? PlatformMailbox.Onboarding
        : address == Complaints ? PlatformMailbox.Complaints
        : address == DomainProof ? PlatformMailbox.DomainProof
        : null;

    public PlatformMailbox? Find(string recipient) => EmailAddress.TryParse(recipient, out var address) ? Find(address) : null;
}
