using System.Collections.Immutable;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers.Names;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>
/// The rules of a submission's fields: everything that is wrong at once, and of what is right only what the chosen scope needs.
/// dashboard.md "The submission", security D-02, J-01, J-06, J-07, J-13.
/// </summary>
public static class SubmissionRules
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 100;

    private const string MixedScripts = "A word of the name has letters of two scripts, as names have that are made to look like others. A reviewer will ask.";

    /// <summary>Reads what was handed in. Time is linear in its length.</summary>
    public static SubmissionReading Read(ProviderSubmission submission, SubmissionContext context)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(context);
        var findings = new SubmissionFindings();
        var images = ImmutableArray.CreateBuilder<ReadImage>();
        var content = Read(submission, context, findings, images);
        return findings.Errors is { IsEmpty: false } errors
            ? new SubmissionReading.Invalid(errors) { Warnings = findings.Warnings }
            : new SubmissionReading.Valid(content, images.ToImmutable()) { Warnings = findings.Warnings };
    }

    // In the order of the form, which is the order in which the errors are told. What was refused is empty here and is never stored.
    private static RegisteredContent Read(
        ProviderSubmission submission, SubmissionContext context, SubmissionFindings findings, ImmutableArray<ReadImage>.Builder images)
    {
        var name = TextFields.Name(findings, "name", submission.Name, $"a name of 1 to {LongestName} characters", LongestName);
        if (name is not null && NameScripts.AreMixed(name))
            findings.Warn("name", SubmissionCode.ConfusableName, MixedScripts);
        var logo = ImageField.Read(findings, "logo", submission.Logo, ImagePurpose.Logo, context, images);
        var senders = ListFields.Read(findings, "senders", submission.Senders, "at least one sender address", (entry, field) => AddressFields.Sender(findings, field, entry, context));
        var targets = ListFields.Read(findings, "targets", submission.Targets, "at least one target URL", (entry, field) => TargetField.Read(findings, field, entry, context));
        var keys = ListFields.Read(findings, "keys", submission.Keys, null, (entry, field) => KeyField.Read(findings, field, entry, context));
        var tokenProfile = Tokens(findings, submission.TokenProfile);
        var (appId, appIdUri) = EntraFields.Read(findings, submission, context);
        var scope = Scope(findings, submission.Scope);
        var testUsers = scope == ProviderScope.TestUsers
            ? ListFields.Read(findings, "testUsers", submission.TestUsers, "at least one test user's address", (entry, field) => AddressFields.TestUser(findings, field, entry, context))
            : [];
        var content = new RegisteredContent(name ?? "", senders, targets, keys, scope ?? default, testUsers, tokenProfile, appId, appIdUri) { Logo = logo };
        return scope == ProviderScope.Global && context.Author == SubmissionAuthor.Developer
            ? WithSections(content, submission, new GlobalSections(findings, context), images)
            : content;
    }

    private static ProviderScope? Scope(SubmissionFindings findings, ProviderScope? chosen)
    {
        if (chosen is { } scope && Enum.IsDefined(scope))
            return scope;
        findings.Refuse("scope", SubmissionCode.Required, "Choose exactly one scope: Test Users, Organization or Global.");
        return null;
    }

    private static TokenProfile Tokens(SubmissionFindings findings, TokenProfile? chosen)
    {
        var profile = chosen ?? TokenProfile.Eat;
        if (!Enum.IsDefined(profile))
            findings.Refuse("tokenProfile", SubmissionCode.Malformed, "Choose a token: External Access Token (legacy) or Entra.");
        return profile;
    }

    private static RegisteredContent WithSections(
        RegisteredContent content, ProviderSubmission submission, GlobalSections sections, ImmutableArray<ReadImage>.Builder images) => content with
        {
            Contact = sections.Contact(submission.Contact),
            Publisher = sections.Publisher(submission.Publisher),
            Scenario = sections.Scenario(submission.Scenario, images),
            Verification = sections.Verification(submission.Verification),
        };
}
