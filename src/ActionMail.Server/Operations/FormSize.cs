using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace ActionMail.Server.Operations;

/// <summary>Why a form was too large, in words for the page that says so.</summary>
internal sealed record OversizedForm(string Words);

/// <summary>
/// Answers 413 to a form that is larger than its page takes, before anything else looks into it: whoever looks for the request token in it would only find that it cannot be
/// read. How large it may be, the page says with <c>RequestSizeLimit</c> and <c>RequestFormLimits</c>. Security J-14.
/// </summary>
internal sealed partial class FormSize(ILogger<FormSize> log) : IAsyncAuthorizationFilter
{
    /// <summary>Its place among the filters: behind the two limits, which have 900, and before the request token, which has 1000.</summary>
    public const int Place = 950;

    private const double Megabyte = 1024 * 1024;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType || IsAnswerToFault(http) || await ExcessOfAsync(http) is not { } words)
            return;
        TooLarge(log, http.Request.Path, words);
        http.Features.Set(new OversizedForm(words));
        context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }

    // The page of errors is shown for forms that cannot be read, too.
    private static bool IsAnswerToFault(HttpContext http) =>
        http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;

    private static async Task<string?> ExcessOfAsync(HttpContext http)
    {
        var most = http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (http.Request.ContentLength > most)
            return Excess(http.Request.ContentLength, most);
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        // Its length was not announced.
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Excess(null, most);
        }
        // A limit of RequestFormLimits; what is no form at all ends here, too.
        catch (InvalidDataException)
        {
            return "One of the texts in it is longer than any field takes.";
        }
    }

    private static string Excess(long? sent, long? most) => string.Create(CultureInfo.InvariantCulture,
        $"What was sent has {(sent is { } bytes ? $"{Math.Ceiling(bytes / Megabyte * 10) / 10:0.0} MB" : "more")}; at most {most / Megabyte:0.#} MB are taken, files included.");

    [LoggerMessage(6110, LogLevel.Information, "A form for {Path} was refused: {Why}")]
    private static partial void TooLarge(ILogger logger, string path, string why);
}
