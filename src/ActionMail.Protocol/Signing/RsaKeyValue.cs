using System.Buffers;
using System.Xml;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// The <c>RSAKeyValue</c> element of xmldsig-core §4.5.2.2, read by hand: the root and its two children with text, and nothing that XML could
/// hide something in. The framework's reader of such elements takes documents with entities, private keys and two moduli (security PF-11).
/// </summary>
internal static class RsaKeyValue
{
    private const string Namespace = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly string[] PrivateParts = ["P", "Q", "D", "DP", "DQ", "InverseQ"];
    private static readonly SearchValues<string> PrivateTags = SearchValues.Create([.. PrivateParts.Select(part => $"<{part}>")], StringComparison.OrdinalIgnoreCase);

    private static KeyReading.Refused Foreign { get; } = new(KeyFault.Form, "an element in it does not belong into an RSAKeyValue, or has attributes");

    public static bool HasPrivatePart(string xml) => xml.AsSpan().ContainsAny(PrivateTags);

    public static KeyReading Read(string xml)
    {
        if (xml.Contains("<!", StringComparison.Ordinal))
            return new KeyReading.Refused(KeyFault.DocumentType, "the XML has a document type, an entity, a comment or a CDATA section: give the element alone");
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PublicKeyText.MaxLength, IgnoreWhitespace = true };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (Refusal(reader, parts) is { } refusal)
                return refusal;
        }
        return parts is { Count: 2 }
            ? KeyNumbers.Rsa(StrictBase64.Decode(parts["Modulus"]), StrictBase64.Decode(parts["Exponent"]))
            : new KeyReading.Refused(KeyFault.Form, "an RSAKeyValue has a Modulus and an Exponent");
    }

    private static KeyReading.Refused? Refusal(XmlReader reader, Dictionary<string, string> parts) => reader.NodeType switch
    {
        XmlNodeType.XmlDeclaration or XmlNodeType.EndElement or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace => null,
        XmlNodeType.Element when reader.Depth == 0 => RefusalOfRoot(reader),
        XmlNodeType.Element => TakePart(reader, parts),
        _ => new(KeyFault.Form, "there is text or an instruction between the elements"),
    };

    private static KeyReading.Refused? RefusalOfRoot(XmlReader reader) =>
        reader is { Name: "RSAKeyValue", NamespaceURI: "" or Namespace } && reader.AttributeCount == (reader.NamespaceURI.Length == 0 ? 0 : 1)
            ? null
            : new(KeyFault.Form, "the root element is not RSAKeyValue, or has attributes");

    private static KeyReading.Refused? TakePart(XmlReader reader, Dictionary<string, string> parts)
    {
        if (PrivateParts.Contains(reader.LocalName, StringComparer.OrdinalIgnoreCase))
            return KeyReading.Refused.PrivateKey;
        if (reader is not { Name: "Modulus" or "Exponent", AttributeCount: 0, Depth: 1 })
            return Foreign;
        var (name, text) = (reader.Name, "");
        if (!reader.IsEmptyElement && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Text)
                return Foreign;
            text = reader.Value;
        }
        return parts.TryAdd(name, text) ? null : new(KeyFault.Form, $"the element {name} is there twice");
    }
}
