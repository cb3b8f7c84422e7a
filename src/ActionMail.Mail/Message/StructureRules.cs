using System.Text;

namespace ActionMail.Mail.Message;

/// <summary>
/// What makes a MIME structure one that two readers see differently. Security B-10; RFC 2045 §5 and §6, RFC 2046 §5.1.
/// </summary>
internal static class StructureRules
{
    public static void Check(MessagePart root, MessageLimits limits, Findings findings)
    {
        var boundaries = new List<string>();
        CheckPart(root, limits, boundaries, findings);
        CheckPrefixes(boundaries, findings);
    }

    private static void CheckPart(MessagePart part, MessageLimits limits, List<string> boundaries, Findings findings)
    {
        var type = part.ContentType;
        if (type.Fault is { } fault && IsStructural(part))
            findings.Ambiguous($"Content-Type: {fault}");
        CheckEncoding(part, findings);
        if (!type.IsMultipart)
            return;

        CheckBoundary(part, limits, boundaries, findings);
        CheckRelated(part, findings);
        foreach (var child in part.Children)
            CheckPart(child, limits, boundaries, findings);
    }

    // A sloppy Content-Type of a picture or a document changes nothing that is shown or decided.
    private static bool IsStructural(MessagePart part) =>
        part.ContentType is { IsMultipart: true } or { IsMessage: true } or { IsText: true }
        || part.IsCard
        || !part.ContentType.Value.Contains('/', StringComparison.Ordinal);

    private static void CheckEncoding(MessagePart part, Findings findings)
    {
        var known = part.Encoding is "7bit" or "8bit" or "binary";
        if (!known && (part.ContentType.IsMultipart || part.Encoding is not ("base64" or "quoted-printable")))
            findings.Ambiguous($"Content-Transfer-Encoding '{FieldText.Clean(part.Encoding)}' on {FieldText.Clean(part.ContentType.Value)}");
    }

    private static void CheckBoundary(MessagePart part, MessageLimits limits, List<string> boundaries, Findings findings)
    {
        var boundary = part.ContentType.Parameter("boundary");
        if (boundary?.Length > limits.MaxBoundary)
            findings.Malformed($"a boundary of {boundary.Length} characters");
        if (string.IsNullOrWhiteSpace(boundary) || boundary.AsSpan().ContainsAnyExceptInRange(' ', '~') || boundary[^1] == ' ')
        {
            findings.Ambiguous("a multipart without a usable boundary");
            return;
        }
        boundaries.Add(boundary);
        if (boundary != part.UsedBoundary)
            findings.Ambiguous("a boundary that can be read in two ways");
        else if (!part.IsClosed)
            findings.Ambiguous("a multipart without its closing boundary");
        else if (CountLinesOf(boundary, part.Content.Span) != part.BoundaryLines)
            findings.Ambiguous("a line that begins with a boundary and is none, or comes after the closing one");
    }

    /// <summary>RFC 2046 §5.1.1: to some readers every line that begins with the boundary is one.</summary>
    private static int CountLinesOf(string boundary, ReadOnlySpan<byte> content)
    {
        var line = Encoding.ASCII.GetBytes("\n--" + boundary);
        return content.Count(line) + (content.StartsWith(line.AsSpan(1)) ? 1 : 0);
    }

    // RFC 2387 §3.2: some readers ignore start and take the first part for the root.
    private static void CheckRelated(MessagePart part, Findings findings)
    {
        if (part.ContentType.Value != "multipart/related" || part.ContentType.Parameter("start") is not { } start)
            return;
        var first = part.Children is [var root, ..] ? root.Header.First(FieldName.ContentId) : null;
        if (first is not { } id || Encoding.Latin1.GetString(id.Value) != start)
            findings.Ambiguous("a multipart/related that does not start with its start part");
    }

    private static void CheckPrefixes(List<string> boundaries, Findings findings)
    {
        boundaries.Sort(StringComparer.Ordinal);
        for (var i = 1; i < boundaries.Count; i++)
        {
            // In ordinal order a text stands directly before those that begin with it.
            if (boundaries[i].StartsWith(boundaries[i - 1], StringComparison.Ordinal))
                findings.Ambiguous("a boundary that begins another one");
        }
    }
}
