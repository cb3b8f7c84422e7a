using System.Buffers;
using System.Text;
using ActionMail.Protocol.Actions;

namespace ActionMail.Server.Actions;

/// <summary>Reads a provider's answer under the caps. Protocol §6 "Responses", security G-16, H-03, H-04.</summary>
internal static class ProviderAnswerReader
{
    private const int LongestStatusText = 256;

    public static async Task<ProviderAnswer> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var text = StatusText(response);
        if (status is < 200 or > 299 || !OffersCard(response))
            return new ProviderAnswer.Answered(status, text, null);
        if (response.Content.Headers.ContentType?.MediaType is not "application/json")
            return Refused(status, text, $"the card's Content-Type is '{response.Content.Headers.ContentType?.MediaType}', not application/json");
        if (response.Content.Headers.ContentEncoding.Count > 0)
            return Refused(status, text, "the card is compressed, which was not asked for");
        return await ReadBodyAsync(response, maxBytes, cancel) is { } body
            ? new ProviderAnswer.Answered(status, text, body)
            : Refused(status, text, $"the card has more than {maxBytes} bytes");
    }

    private static ProviderAnswer.Answered Refused(int status, string? text, string why) => new(status, text, null) { ReplacementFault = why };

    // Exactly one "true", in any case: senders write True.
    private static bool OffersCard(HttpResponseMessage response) =>
        response.Headers.TryGetValues(ActionHeaders.CardUpdateInBody, out var values)
        && values.ToList() is [var only]
        && string.Equals(only.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    private static string? StatusText(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(ActionHeaders.CardActionStatus, out var values) || values.FirstOrDefault() is not { Length: > 0 } raw)
            return null;
        var text = new string([.. AsUtf8(raw).Where(c => !char.IsControl(c))]).Trim();
        return text.Length <= LongestStatusText ? text : text[..LongestStatusText];
    }

    // The HTTP client reads header bytes as Latin-1 (PF-17); services write UTF-8. Bytes that are no UTF-8 stay as they were read.
    private static string AsUtf8(string latin1)
    {
        if (latin1.All(char.IsAscii))
            return latin1;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (DecoderFallbackException)
        {
            return latin1;
        }
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var body = new MemoryStream();
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (body.Length + count > maxBytes)
                    return null;
                body.Write(buffer, 0, count);
            }
            return body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
