using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ActionMail.Mail.Tests.Dkim;

namespace ActionMail.Mail.Tests.Arc;

/// <summary>Seals by the letter of RFC 8617 §5.1 and with nothing of the code under test. A hop can change what it writes before it signs.</summary>
internal sealed record NaiveSealer
{
    public string Domain { get; init; } = "relay.test";

    public string Results { get; init; } = "relay.test; dkim=pass header.d=contoso.test";

    /// <summary>What is written for cv=; null for none at the first hop and pass at the others.</summary>
    public string? Cv { get; init; }

    public string MoreOfSeal { get; init; } = "";

    public string MoreOfMessage { get; init; } = "";

    public string Names { get; init; } = "from:to:subject:date:dkim-signature";

    /// <summary>The mail with one more set on top.</summary>
    public string Seal(string mail, int instance)
    {
        var wire = mail.ReplaceLineEndings("\r\n");
        var cut = wire.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var fields = Fields(wire[..(cut + 2)]);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(NaiveSigner.CanonicalBody(wire[(cut + 4)..], relaxed: true))));

        var results = $"ARC-Authentication-Results: i={instance}; {Results}\r\n";
        var message = $"ARC-Message-Signature: i={instance}; a=rsa-sha256; c=relaxed/relaxed; d={Domain}; s=s; {MoreOfMessage}h={Names}; bh={hash}; b=";
        message += Sign(Selected(fields, Names.Split(':')) + Relaxed(message + "\r\n")[..^2]) + "\r\n";
        var seal = $"ARC-Seal: i={instance}; a=rsa-sha256; cv={Cv ?? (instance == 1 ? "none" : "pass")}; d={Domain}; s=s; {MoreOfSeal}b=";
        var earlier = Enumerable.Range(1, instance - 1).Select(hop => SetOf(fields, hop));
        seal += Sign(string.Concat(earlier) + Relaxed(results) + Relaxed(message) + Relaxed(seal + "\r\n")[..^2]) + "\r\n";
        return seal + message + results + wire;
    }

    private static string SetOf(List<string> fields, int hop) =>
        string.Concat(((string[])["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"])
            .Select(name => fields.Find(field => Regex.IsMatch(field, $"^{name}: i={hop};")) is { } field ? Relaxed(field) : ""));

    private static string Selected(List<string> fields, IEnumerable<string> names)
    {
        var left = fields.ToList();
        var selected = new StringBuilder();
        foreach (var name in names)
        {
            var at = left.FindLastIndex(field => field.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                continue;
            selected.Append(Relaxed(left[at]));
            left.RemoveAt(at);
        }
        return selected.ToString();
    }

    private static List<string> Fields(string header) => [.. Regex.Split(header, "(?<=\r\n)(?![ \t])").Where(field => field.Length > 0)];

    private static string Relaxed(string field) => NaiveSigner.CanonicalField(field, relaxed: true);

    private static string Sign(string text) =>
        Convert.ToBase64String(NaiveSigner.Key.SignData(Encoding.Latin1.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
}
