using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ActionMail.Server.Operations.Reference;

/// <summary>The one mark that descriptions in the OpenAPI document have: what stands between backticks is code. CommonMark §6.1.</summary>
internal static class ReferenceProse
{
    public static IHtmlContent Of(string text)
    {
        var parts = text.Split('`');
        // An odd mark out is a backtick and no beginning.
        if (parts.Length % 2 == 0)
            parts = [.. parts[..^2], $"{parts[^2]}`{parts[^1]}"];
        var html = new HtmlContentBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
                html.Append(parts[i]);
            else
                html.AppendHtml(CodeOf(parts[i]));
        }
        return html;
    }

    private static TagBuilder CodeOf(string text)
    {
        var code = new TagBuilder("code");
        code.InnerHtml.Append(text);
        return code;
    }
}
