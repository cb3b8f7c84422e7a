using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers.Approval;

/// <summary>The mail that asks an approver, for where its card is not shown: the whole request in words, with a link to where it is decided.</summary>
internal static class RequestMail
{
    public static PlatformMail Of(Guid id, ApprovalRequest request, PlatformProvider platform) => new(
        id,
        $"{(request.Running is null ? "Approval asked for" : "Approval of a change asked for")}: {request.Content.Name}",
        Text(request, platform.Link(request.Path)),
        Html(request, platform.Link(request.Path)),
        RequestCard.Of(request, platform));

    private static string Text(ApprovalRequest request, string link)
    {
        var text = new StringBuilder(Opening(request)).Append("\n\n").Append(CultureInfo.InvariantCulture, $"Read it and decide: {link}\n");
        foreach (var (title, lines) in Sections(request))
        {
            text.Append('\n').Append(title).Append('\n');
            foreach (var (label, value) in lines)
                text.Append(CultureInfo.InvariantCulture, $"  {label}: {value}\n");
        }
        return text.ToString();
    }

    private static string Html(ApprovalRequest request, string link)
    {
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<p>{Encode(Opening(request))}</p>\n<p><a href=\"{Encode(link)}\">Read it and decide</a></p>\n");
        foreach (var (title, lines) in Sections(request))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(title)}</h2>\n<table>\n");
            foreach (var (label, value) in lines)
                html.Append(CultureInfo.InvariantCulture, $"<tr><th align=\"left\" valign=\"top\">{Encode(label)}</th><td>{Encode(value).ReplaceLineEndings("<br>")}</td></tr>\n");
            html.Append("</table>\n");
        }
        return html.ToString();
    }

    private static string Opening(ApprovalRequest request) => string.Create(CultureInfo.InvariantCulture,
        $"{request.Submitter} ({request.Revision.SubmittedBy}) of {request.Organization} asks you to approve revision {request.Revision.Number} of {request.Content.Name}, "
        + $"scope {RegistrationFields.ScopeWords(request.Content.Scope)}.");

    private static IEnumerable<(string Title, ImmutableArray<(string Label, string Value)> Lines)> Sections(ApprovalRequest request)
    {
        if (request.Differences is { IsEmpty: false } differences)
            yield return ("What it changes", [.. differences.Select(each => (RegistrationFields.LabelOf(each.Field), $"{each.Before ?? "nothing"} → {each.After ?? "nothing"}"))]);
        if (!request.Domains.IsEmpty)
            yield return ("Whose the domains are", [.. request.Domains.Select(domain => (domain.Name, WordsOf(domain.IsProven)))]);
        if (!request.Keys.IsEmpty)
            yield return ("Whose the keys are", [.. request.Keys.Select(key => (key.Key.Thumbprint, WordsOf(key.IsProven)))]);
        if (!request.Warnings.IsEmpty)
            yield return ("What the checks warn of", [.. request.Warnings.Select(warning => (RegistrationFields.LabelOf(warning.Field), warning.Words))]);
        yield return ("The whole request", [.. RegistrationFields.Of(request.Content).SelectMany(field => field.Values.Select(value => (field.Label, value)))]);
    }

    private static string WordsOf(bool isProven) => isProven ? "proven" : "not proven, so it cannot be approved yet";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
