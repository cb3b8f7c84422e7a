using System.Security.Cryptography;
using System.Text;
using ActionMail.Mail.Dkim;

namespace ActionMail.Mail.Tests.Dkim;

public class CanonicalizationTests
{
    private const string Header = "From: a@contoso.test\r\nA: X\r\nB : Y\t\r\n\tZ  \r\n\r\n";

    // The canonical bodies are written out: RFC 6376 §3.4.3 to §3.4.5, and what lies between their sentences.
    [Theory]
    [InlineData("simple", "", "\r\n")]
    [InlineData("simple", "\r\n", "\r\n")]
    [InlineData("simple", "\r\n\r\n\r\n", "\r\n")]
    [InlineData("simple", " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n")]
    [InlineData("simple", "no line end", "no line end\r\n")]
    [InlineData("simple", "x\r\n \r\n", "x\r\n \r\n")]
    [InlineData("simple", "x\r\n\r\n\r", "x\r\n\r\n\r\r\n")]
    [InlineData("relaxed", "", "")]
    [InlineData("relaxed", "\r\n", "")]
    [InlineData("relaxed", " \t\r\n \r\n\t", "")]
    [InlineData("relaxed", " C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n")]
    [InlineData("relaxed", "no line end \t", "no line end\r\n")]
    [InlineData("relaxed", "\tx", " x\r\n")]
    [InlineData("relaxed", "\r\n\r\nx\r\n \r\n", "\r\n\r\nx\r\n")]
    [InlineData("relaxed", "x \ry", "x \ry\r\n")]
    [InlineData("relaxed", "x\n\n", "x\n\n\r\n")]
    [InlineData("relaxed", "thirty-one characters and then a  space that is doubled", "thirty-one characters and then a space that is doubled\r\n")]
    [InlineData("relaxed", "thirty-two characters and a line \r\nthat ends in a space", "thirty-two characters and a line\r\nthat ends in a space\r\n")]
    public void A_body_is_hashed_in_its_canonical_form(string form, string body, string canonical)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(canonical)));
        var field = $"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/{form}; d=contoso.test; s=sel; h=from; bh={hash}; b=AAAA\r\n";

        var result = Assert.Single(Verifying.Dkim(Encoding.Latin1.GetBytes(field + Header + body), new GoldenMail().Zone));

        // The signature is none; the body is looked at before it.
        Assert.Equal(DkimFault.SignatureMismatch, result.Fault);
    }

    [Theory]
    [InlineData("relaxed", "a:X\r\nb:Y Z\r\n")]
    [InlineData("simple", "A: X\r\nB : Y\t\r\n\tZ  \r\n")]
    public void Fields_are_signed_in_their_canonical_form(string form, string canonical)
    {
        var name = form == "relaxed" ? "dkim-signature:" : "DKIM-Signature: ";
        var empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";   // RFC 6376 §3.4.4
        var value = $"v=1; a=rsa-sha256; c={form}/relaxed; d=contoso.test; s=sel; h=a:b:from; bh={empty}; b=";
        var from = form == "relaxed" ? "from:a@contoso.test\r\n" : "From: a@contoso.test\r\n";
        var signature = NaiveSigner.Key.SignData(Encoding.Latin1.GetBytes(canonical + from + name + value), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var mail = $"DKIM-Signature: {value}{Convert.ToBase64String(signature)}\r\n{Header}";

        Assert.Equal(DkimResultWord.Pass, Assert.Single(Verifying.Dkim(Encoding.Latin1.GetBytes(mail), new GoldenMail().Zone)).Result);
    }
}
