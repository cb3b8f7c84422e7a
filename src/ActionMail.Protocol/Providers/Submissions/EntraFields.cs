using ActionMail.Protocol.Actions;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads the section "Entra authentication": for a developer the application id, from which the App ID URI follows.</summary>
internal static class EntraFields
{
    private const int LongestUri = 255;

    public static (string? AppId, string? AppIdUri) Read(SubmissionFindings findings, ProviderSubmission submission, SubmissionContext context)
    {
        if (submission.TokenProfile != TokenProfile.Entra)
            return (null, null);
        var (id, uri) = ((submission.AppId ?? "").Trim(), (submission.AppIdUri ?? "").Trim());
        if (id.Length == 0 && uri.Length > 0 && context.Author == SubmissionAuthor.Operator)
            return (null, Audience(findings, uri));
        if (!Guid.TryParseExact(id, "D", out var applicationId) || applicationId == Guid.Empty)
        {
            findings.Refuse("appId", id.Length == 0 ? SubmissionCode.Required : SubmissionCode.Malformed,
                "Give the application (client) id of your Entra application: a GUID such as 6a1c8b52-0d3e-4f7a-9b21-5c4d3e2f1a09, from its overview page.");
            return (null, null);
        }
        var generated = AppIdUri.For(context.Originator, applicationId);
        if (uri.Length == 0 || string.Equals(uri, generated, StringComparison.OrdinalIgnoreCase))
            return (applicationId.ToString("D"), generated);
        if (context.Author == SubmissionAuthor.Operator)
            return (applicationId.ToString("D"), Audience(findings, uri));
        findings.Refuse("appIdUri", SubmissionCode.NotGenerated,
            $"The App ID URI is generated: leave it out, or give {generated}, and enter the same at your application.");
        return (null, null);
    }

    // It becomes the aud of tokens, a StringOrURI. RFC 7519 §2, §4.1.3.
    private static string? Audience(SubmissionFindings findings, string uri)
    {
        if (uri.Length <= LongestUri && uri.All(c => c is > ' ' and < '\x7F') && Uri.TryCreate(uri, UriKind.Absolute, out _))
            return uri;
        findings.Refuse("appIdUri", SubmissionCode.Malformed,
            $"{SubmissionFindings.Quoted(uri)} is not a URI of at most {LongestUri} ASCII characters. Leave it out, and it is generated.");
        return null;
    }
}
