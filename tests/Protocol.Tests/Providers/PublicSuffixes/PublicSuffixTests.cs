using System.Globalization;
using ActionMail.Protocol.Providers.PublicSuffixes;
using ActionMail.Tests;

namespace ActionMail.Protocol.Tests.Providers.PublicSuffixes;

/// <summary>Security J-06: which names are open to strangers, held against the list's own vectors where they are here.</summary>
public sealed class PublicSuffixTests
{
    [Theory]
    [InlineData("contoso.test", "contoso.test")]
    [InlineData("a.b.contoso.co.uk", "contoso.co.uk")]
    [InlineData("contoso.github.io", "contoso.github.io")]
    [InlineData("b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("c.kobe.jp", null)]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("shishi.xn--55qx5d.cn", "shishi.xn--55qx5d.cn")]
    [InlineData("xn--55qx5d.cn", null)]
    [InlineData("com", null)]
    [InlineData("", null)]
    [InlineData(".com", null)]
    [InlineData("a..com", null)]
    public void The_registrable_domain_is_the_suffix_and_one_label(string host, string? expected) => Assert.Equal(expected, PublicSuffix.RegistrableDomain(host));

    [Theory]
    [InlineData("co.uk", true)]
    [InlineData("azurewebsites.net", true)]
    [InlineData("amazonaws.com", true)]
    [InlineData("kobe.jp", true)]
    [InlineData("compute.amazonaws.com", true)]
    [InlineData("windows.net", true)]
    [InlineData("contoso.com", false)]
    [InlineData("contoso.azurewebsites.net", false)]
    [InlineData("www.ck", false)]
    public void A_shared_name_is_a_suffix_or_has_one_below(string host, bool shared) => Assert.Equal(shared, PublicSuffix.IsShared(host));

    [Fact]
    public void The_vectors_of_the_list_hold()
    {
        var ascii = new IdnMapping();
        var vectors = File.ReadLines(TestData.Path("psl/tests.txt")).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && line != "null null")
            .Select(line => line.Split(' ')).Select(parts => (Host: parts[0].ToLowerInvariant(), Expected: parts[1] == "null" ? null : Ascii(parts[1]))).ToList();

        Assert.Equal(77, vectors.Count);
        Assert.All(vectors, vector => Assert.Equal(vector.Expected, PublicSuffix.RegistrableDomain(Ascii(vector.Host))));

        string Ascii(string name) => name.All(char.IsAscii) ? name : ascii.GetAscii(name);
    }
}
