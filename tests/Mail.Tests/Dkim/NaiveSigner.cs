using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ActionMail.Mail.Tests.Dkim;

/// <summary>
/// Signs by the letter of RFC 6376 and with nothing of the code under test: strings and regular expressions. Tags can be replaced, added or, with
/// null, left out before signing, so that a case differs from one that passes in that alone.
/// </summary>
internal static class NaiveSigner
{
    public static readonly RSA Key = RSA.Create(2048);

    public static string Record(RSA key) => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

    /// <summary>The mail with a signature on top. <paramref name="tags"/> are in the order of the field.</summary>
    public static string Sign(string mail, IEnumerable<KeyValuePair<string, string>> tags, RSA? key = null)
    {
        var wire = mail.ReplaceLineEndings("\r\n");
        var cut = wire.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var fields = Regex.Split(wire[..(cut + 2)], "(?<=\r\n)(?![ \t])").Where(field => field.Length > 0).ToList();
        var all = tags.ToList();
        string Tag(string name, string otherwise) => all.LastOrDefault(tag => tag.Key == name) is { Value: { } value } ? value : otherwise;

        var forms = Tag("c", "simple/simple").Split('/');
        var body = CanonicalBody(wire[(cut + 4)..], forms.ElementAtOrDefault(1) == "relaxed");
        if (Tag("l", "") is { Length: > 0 } l && int.TryParse(l, CultureInfo.InvariantCulture, out var limit) && limit <= body.Length)
            body = body[..limit];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(body)));
        var text = "DKIM-Signature: " + string.Join("; ", all.Select(tag => $"{tag.Key}={(tag.Key == "bh" && tag.Value == "*" ? hash : tag.Value)}")) + (all.Any(tag => tag.Key == "b") ? "" : "; b=");

        var signed = new StringBuilder();
        foreach (var name in Tag("h", "").Split(':').Select(name => name.Trim()))
        {
            var at = fields.FindLastIndex(field => field.Split(':')[0].TrimEnd(' ', '\t').Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                continue;
            signed.Append(CanonicalField(fields[at], forms[0] == "relaxed"));
            fields.RemoveAt(at);
        }
        signed.Append(CanonicalField(text + "\r\n", forms[0] == "relaxed")[..^2]);
        var signature = (key ?? Key).SignData(Encoding.Latin1.GetBytes(signed.ToString()), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}{(all.Any(tag => tag.Key == "b") ? "" : Convert.ToBase64String(signature))}\r\n{wire}";
    }

    public static string CanonicalField(string field, bool relaxed)
    {
        if (!relaxed)
            return field;
        var (name, value) = (field[..field.IndexOf(':', StringComparison.Ordinal)], field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        value = Regex.Replace(value.Replace("\r\n", "", StringComparison.Ordinal), "[ \t]+", " ").Trim(' ');
        return $"{name.TrimEnd(' ', '\t').ToLowerInvariant()}:{value}\r\n";
    }

    public static string CanonicalBody(string body, bool relaxed)
    {
        if (relaxed)
            body = Regex.Replace(Regex.Replace(body, "[ \t]+(?=\r\n|$)", ""), "[ \t]+", " ");
        body = Regex.Replace(body, "(\r\n)*$", "", RegexOptions.None, TimeSpan.FromSeconds(5)) is var trimmed && trimmed.Length > 0 ? trimmed : "";
        return body.Length > 0 || !relaxed ? body + "\r\n" : "";
    }
}
