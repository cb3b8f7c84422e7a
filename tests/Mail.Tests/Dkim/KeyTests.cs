using System.Security.Cryptography;
using ActionMail.Mail.Dkim;

namespace ActionMail.Mail.Tests.Dkim;

public class KeyTests
{
    private const string Name = "sel._domainkey.contoso.test";

    private static readonly GoldenMail Golden = new();
    private static readonly string P = Convert.ToBase64String(NaiveSigner.Key.ExportSubjectPublicKeyInfo());

    [Theory]
    [InlineData("p={0}")]
    [InlineData("v=DKIM1; p={0}")]
    [InlineData("v=DKIM1;k=rsa;p={0};")]
    [InlineData("v=DKIM1; p={0}; n=a note; g=*; unknown=1")]
    [InlineData("v=DKIM1; h=sha1:sha256; p={0}")]
    [InlineData("v=DKIM1; s=email; p={0}")]
    [InlineData("v=DKIM1; s=* ; p={0}")]
    [InlineData("v=DKIM1; s=other:email; p={0}")]
    [InlineData("v=DKIM1; t=s; p={0}")]
    [InlineData("v=DKIM1; t=unknown; p={0}")]
    public void A_key_record_that_the_RFC_permits_is_used(string record)
    {
        Assert.Equal((DkimResultWord.Pass, null), Judge(Published(record)));
    }

    [Theory]
    [InlineData("v=DKIM1; p=", DkimResultWord.PermError, DkimFault.RevokedKey)]
    [InlineData("v=DKIM1", DkimResultWord.PermError, DkimFault.MalformedKey)]
    [InlineData("v=DKIM1; p=!", DkimResultWord.PermError, DkimFault.MalformedKey)]
    [InlineData("v=DKIM1; p=AAAA", DkimResultWord.PermError, DkimFault.MalformedKey)]
    [InlineData("v=DKIM1; p={0}; p={0}", DkimResultWord.PermError, DkimFault.MalformedKey)]
    [InlineData("v=DKIM1;; p={0}", DkimResultWord.PermError, DkimFault.MalformedKey)]
    [InlineData("k=rsa; v=DKIM1; p={0}", DkimResultWord.PermError, DkimFault.NoKey)]
    [InlineData("v=DKIM2; p={0}", DkimResultWord.PermError, DkimFault.NoKey)]
    [InlineData("v=spf1 -all", DkimResultWord.PermError, DkimFault.NoKey)]
    [InlineData("v=DKIM1; h=sha1; p={0}", DkimResultWord.PermError, DkimFault.InapplicableKey)]
    [InlineData("v=DKIM1; s=tlsrpt; p={0}", DkimResultWord.PermError, DkimFault.InapplicableKey)]
    [InlineData("v=DKIM1; k=dsa; p={0}", DkimResultWord.PermError, DkimFault.InapplicableKey)]
    [InlineData("v=DKIM1; k=ed25519; p={0}", DkimResultWord.PermError, DkimFault.MalformedKey)]
    [InlineData("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", DkimResultWord.PermError, DkimFault.InapplicableKey)]
    [InlineData("v=DKIM1; t=y; p={0}", DkimResultWord.Neutral, DkimFault.TestingKey)]
    [InlineData("v=DKIM1; t=s:y; p={0}", DkimResultWord.Neutral, DkimFault.TestingKey)]
    public void A_key_record_that_is_not_for_this_is_not_used(string record, DkimResultWord word, DkimFault fault)
    {
        Assert.Equal((word, fault), Judge(Published(record)));
    }

    [Fact]
    public void The_flag_s_excludes_an_identity_in_a_subdomain()
    {
        Assert.Equal((DkimResultWord.PermError, DkimFault.InapplicableKey), Judge(Published("v=DKIM1; t=s; p={0}").With("i=@mail.contoso.test")));
        Assert.Equal((DkimResultWord.Pass, null), Judge(Published("v=DKIM1; t=s; p={0}").With("i=alice@contoso.test")));
    }

    [Theory]
    [InlineData("", DkimResultWord.PermError, DkimFault.NoKey)]
    [InlineData(Name + " A 192.0.2.1", DkimResultWord.PermError, DkimFault.NoKey)]
    [InlineData(Name + " SERVFAIL", DkimResultWord.TempError, DkimFault.KeyUnavailable)]
    [InlineData(Name + " TIMEOUT", DkimResultWord.TempError, DkimFault.KeyUnavailable)]
    public void Without_an_answer_there_is_no_verdict(string line, DkimResultWord word, DkimFault fault)
    {
        Assert.Equal((word, fault), Judge(Golden with { Record = line }));
    }

    [Fact]
    public void Two_keys_under_one_name_are_none()
    {
        var key = Verifying.Txt(Name, NaiveSigner.Record(NaiveSigner.Key));

        Assert.Equal((DkimResultWord.PermError, DkimFault.SeveralKeys), Judge(Golden with { Record = key + "\n" + Verifying.Txt(Name, "v=DKIM1; p=" + P) }));
        Assert.Equal((DkimResultWord.Pass, null), Judge(Golden with { Record = key + "\n" + Verifying.Txt(Name, "v=spf1 -all") }));
    }

    [Fact]
    public void A_key_behind_an_alias_is_found()
    {
        var record = $"{Name} CNAME key.vendor.test\n" + Verifying.Txt("key.vendor.test", NaiveSigner.Record(NaiveSigner.Key));

        Assert.Equal((DkimResultWord.Pass, null), Judge(Golden with { Record = record }));
    }

    [Fact]
    public void A_bare_RSAPublicKey_is_read_too()
    {
        Assert.Equal((DkimResultWord.Pass, null), Judge(Published("p=" + Convert.ToBase64String(NaiveSigner.Key.ExportRSAPublicKey()))));
    }

    [Theory]
    [InlineData(512, DkimResultWord.Policy, DkimFault.WeakKey, "an RSA key of 512 bits: fewer than 1024 never count")]
    [InlineData(768, DkimResultWord.Policy, DkimFault.WeakKey, "an RSA key of 768 bits: fewer than 1024 never count")]
    [InlineData(1024, DkimResultWord.Pass, null, "an RSA key of 1024 bits: 2048 are advised")]
    [InlineData(3072, DkimResultWord.Pass, null, null)]
    public void Short_keys_are_told(int bits, DkimResultWord word, DkimFault? fault, string? reason)
    {
        using var key = RSA.Create(bits);
        var mail = Golden with { Key = key };

        var result = Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone));

        Assert.Equal((word, fault, reason, bits), (result.Result, result.Fault, result.Reason, result.KeyBits));
    }

    [Theory]
    [InlineData(8192, 3)]
    [InlineData(2048, 9)]
    public void A_key_that_is_dear_to_verify_with_is_refused(int bits, int exponentBytes)
    {
        var modulus = new byte[bits / 8];
        Array.Fill(modulus, (byte)0xA5);
        var exponent = new byte[exponentBytes];
        Array.Fill(exponent, (byte)1);
        using var key = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });

        var (word, fault) = Judge(Published("p=" + Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())));

        Assert.Equal(DkimResultWord.PermError, word);
        Assert.Equal(exponentBytes > 4 ? DkimFault.MalformedKey : DkimFault.InapplicableKey, fault);
    }

    [Fact]
    public void A_record_of_more_than_four_thousand_characters_is_not_read()
    {
        Assert.Equal((DkimResultWord.PermError, DkimFault.MalformedKey), Judge(Published("v=DKIM1; p={0}; n=" + new string('x', 4096))));
    }

    [Fact]
    public void A_full_cache_forgets_and_reads_again()
    {
        var keys = new DkimKeyCache(capacity: 1);
        using var other = RSA.Create(2048);
        var second = Golden with { Key = other };
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(DkimResultWord.Pass, Assert.Single(Verifying.Dkim(Golden.Bytes(), Golden.Zone, keys: keys)).Result);
            Assert.Equal(DkimResultWord.Pass, Assert.Single(Verifying.Dkim(second.Bytes(), second.Zone, keys: keys)).Result);
            Assert.Equal(DkimResultWord.Fail, Assert.Single(Verifying.Dkim(Golden.Bytes(), second.Zone, keys: keys)).Result);
        }
    }

    private static GoldenMail Published(string record) => Golden with { Record = Verifying.Txt(Name, record.Replace("{0}", P, StringComparison.Ordinal)) };

    private static (DkimResultWord, DkimFault?) Judge(GoldenMail mail)
    {
        var result = Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone));
        return (result.Result, result.Fault);
    }
}
