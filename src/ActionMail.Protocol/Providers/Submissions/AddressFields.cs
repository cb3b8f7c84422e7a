using ActionMail.Protocol.Addresses;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads the fields that are e-mail addresses, exact ones. Security D-02.</summary>
internal static class AddressFields
{
    public static string? Sender(SubmissionFindings findings, string field, string typed, SubmissionContext context)
    {
        if (One(findings, field, typed) is not { } address)
            return null;
        if (context.IsSenderInUse(address))
            findings.Warn(field, SubmissionCode.SenderInUse, $"Another registration of your organization sends from {address}. Only one of them can be in force.");
        return address.ToString();
    }

    public static string? TestUser(SubmissionFindings findings, string field, string typed, SubmissionContext context)
    {
        if (One(findings, field, typed) is not { } address)
            return null;
        if (context.IsColleague(address))
            return address.ToString();
        findings.Refuse(field, SubmissionCode.NotAColleague, $"{address} is no mailbox of your organization. Test users are people of your own organization.");
        return null;
    }

    public static string? Contact(SubmissionFindings findings, string field, string? typed)
    {
        var text = (typed ?? "").Trim();
        if (text.Length > 0)
            return One(findings, field, text)?.ToString();
        findings.Refuse(field, SubmissionCode.Required, "Give the e-mail address that reviewers can write to.");
        return null;
    }

    private static EmailAddress? One(SubmissionFindings findings, string field, string typed)
    {
        if (EmailAddress.TryParse(typed, out var address) && !address.LocalPart.Contains('*', StringComparison.Ordinal))
            return address;
        if (typed.Length == 0)
            findings.Refuse(field, SubmissionCode.Required, "The entry is empty: give an address or take it out.");
        else if (IsPattern(typed))
            findings.Refuse(field, SubmissionCode.NotOneAddress,
                $"{SubmissionFindings.Quoted(typed)} is a pattern or a bare domain. Give each address exactly, such as name@contoso.com.");
        else
            findings.Refuse(field, SubmissionCode.Malformed,
                $"{SubmissionFindings.Quoted(typed)} is not an e-mail address. Give it plainly, such as name@contoso.com, without display name, quotes or brackets.");
        return null;
    }

    private static bool IsPattern(string typed) =>
        typed.Contains('*', StringComparison.Ordinal)
        || typed.StartsWith('@')
        || (!typed.Contains('@', StringComparison.Ordinal) && typed.Contains('.', StringComparison.Ordinal));
}
