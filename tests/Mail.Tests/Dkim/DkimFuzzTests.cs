using System.Diagnostics;
using System.Text;
using ActionMail.Mail.Dkim;
using CsCheck;

namespace ActionMail.Mail.Tests.Dkim;

public class DkimFuzzTests
{
    private const string Seed = "0000KeyoLfA5";

    private static readonly string[] Pieces =
    [
        "v=1", "a=rsa-sha256", "a=ed25519-sha256", "c=relaxed/relaxed", "d=contoso.test", "s=sel", "h=from:to", "h=from:from", "bh=AAAA", "b=AAAA", "l=1", "t=1", "x=2", "i=@contoso.test", "q=dns/txt",
        "i=1", "cv=none", "cv=pass", "k=rsa", "p=", "t=y:s", "; ", ";", "=", ":", "\r\n ", "\r\n\t", "\r\n", " ", "\t", "\0", "\u00E4", "@", ".", "\r", "\n", "MIGfMA0GCSqGSIb3DQEB", "99999999999999999999",
        "ARC-Seal: ", "ARC-Message-Signature: ", "ARC-Authentication-Results: i=1; ", "From: a@b.test\r\n", "DKIM-Signature: ", "\r\n\r\n",
    ];

    private static readonly string Good = new GoldenMail().Signed();

    private static readonly Gen<string> Soup = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 30].Select(string.Concat);

    private static readonly Gen<string> Mutated = Gen.Select(Gen.Int[0, 600], Soup, (at, soup) =>
        Good[..at] + soup[..Math.Min(soup.Length, 12)] + Good[at..]);

    [Fact]
    public void Any_field_and_any_key_record_give_a_documented_result()
    {
        var random = PCG.Parse(Seed);
        var passed = 0;
        var keys = new DkimKeyCache();
        for (var i = 0; i < 3_000; i++)
        {
            var soup = Soup.Generate(random, null, out _);
            var mail = i % 2 == 0 ? $"DKIM-Signature: {soup}\r\n{Good}" : Mutated.Generate(random, null, out _);
            var zone = i % 3 == 0 ? Verifying.Zone(Verifying.Txt("sel._domainkey.contoso.test", soup.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal))) : new GoldenMail().Zone;
            foreach (var result in Verifying.Dkim(Encoding.Latin1.GetBytes(mail), zone, keys: keys))
            {
                Assert.NotEqual(DkimResultWord.None, result.Result);
                Assert.Equal(result.Fault is null, result.Result == DkimResultWord.Pass);
                _ = (result.Reason, result.Identity, result.SignedNames, result.UncoveredNames, result.SignedAt, result.ExpiresAt, result.KeyName, result.SignatureStart);
                passed += result.Result == DkimResultWord.Pass ? 1 : 0;
            }
            _ = Verifying.Arc(Encoding.Latin1.GetBytes(mail), zone);
        }
        Assert.InRange(passed, 100, 3_000);
    }

    [Theory]
    [InlineData("h=", "from:")]
    [InlineData("h=", ":")]
    [InlineData("h=from;", "a=b;")]
    [InlineData("h=from; b=", "\r\n ")]
    [InlineData("h=from; i=", "@")]
    [InlineData("h=from; q=", "a:")]
    public void A_long_field_takes_time_in_proportion_to_its_length(string before, string repeated)
    {
        // 95 KB: as long as a field may be. A square would take minutes.
        var field = "DKIM-Signature: v=1; a=rsa-sha256; d=contoso.test; s=sel; bh=AAAA; b=AAAA; " + before + string.Concat(Enumerable.Repeat(repeated, 95_000 / repeated.Length)) + "\r\n";
        var mail = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("X-Filler: x\r\n", 400)) + field + "From: a@contoso.test\r\n\r\nbody\r\n");
        var began = Stopwatch.GetTimestamp();

        _ = Verifying.Dkim(mail, new GoldenMail().Zone);

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 2);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\r\n")]
    [InlineData(" \r\n")]
    [InlineData("  x")]
    public void A_body_of_white_space_takes_time_in_proportion_to_its_length(string repeated)
    {
        var mail = Good + string.Concat(Enumerable.Repeat(repeated, 400_000 / repeated.Length)) + "x";
        var bytes = Encoding.Latin1.GetBytes(mail);
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(DkimFault.BodyChanged, Assert.Single(Verifying.Dkim(bytes, new GoldenMail().Zone)).Fault);

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 2);
    }
}
