using System.Text;
using ActionMail.Protocol.Providers.Names;

namespace ActionMail.Protocol.Tests.Providers.Names;

/// <summary>Security B-07, J-07: names that a reader would take for each other.</summary>
public sealed class NameLikenessTests
{
    [Theory]
    [InlineData("Cyrillic С and о", "Соntoso")]
    [InlineData("wholly Cyrillic where it can be", "Соптоѕо")]
    [InlineData("Greek omicron", "Cοntοsο")]
    [InlineData("full width", "Ｃｏｎｔｏｓｏ")]
    [InlineData("mathematical bold", "𝐂𝐨𝐧𝐭𝐨𝐬𝐨")]
    [InlineData("circled", "ⓒⓞⓝⓣⓞⓢⓞ")]
    [InlineData("zeros", "C0nt0s0")]
    [InlineData("accents", "Çóñtösø")]
    [InlineData("combining accents", "Co\u0301ntoso\u0308")]
    [InlineData("Vietnamese", "Cộntọsổ")]
    [InlineData("letter case and punctuation", "con-TOSO.")]
    [InlineData("small capitals", "ᴄᴏɴᴛᴏꜱᴏ")]
    [InlineData("Cherokee", "Ꮯontoso")]
    [InlineData("Armenian", "Cօntօsօ")]
    public void A_look_alike_has_the_skeleton_of_what_it_looks_like(string how, string name) => Assert.True(NameLikeness.Skeleton("Contoso") == NameLikeness.Skeleton(name), how);

    [Theory]
    [InlineData("Contosa")]
    [InlineData("Contoso Ltd")]
    [InlineData("Fabrikam")]
    [InlineData("コントソ")]
    [InlineData("قونتوسو")]
    public void Another_name_has_another(string name) => Assert.NotEqual(NameLikeness.Skeleton("Contoso"), NameLikeness.Skeleton(name));

    [Theory]
    [InlineData("rnodern", "modem")]
    [InlineData("vvoodgrove", "Woodgrove")]
    [InlineData("Paypal", "PaypaI")]
    [InlineData("Tailspin", "Ta1|spin")]
    [InlineData("ﬁnance", "finance")]
    [InlineData("Straße", "Strasse")]
    [InlineData("Team ２", "Team 2")]
    [InlineData("Team ٢", "Team 2")]
    public void Letters_that_together_look_like_one_are_one(string left, string right) => Assert.Equal(NameLikeness.Skeleton(left), NameLikeness.Skeleton(right));

    [Fact]
    public void Every_accented_letter_of_western_scripts_is_its_letter()
    {
        // What Unicode says of U+00C0 to U+017F, checked at its joints.
        foreach (var (accented, plain) in "ÀÿĀąĆčĎđĒěĜģĤħĨıĴķĹłŃŋŌőŔřŚšŢŧŨųŴŷŸŹžſ".Zip("aYaaccddeegghhiljklLnnoorrssttuuwyyzzs"))
            Assert.Equal(NameLikeness.Skeleton(plain.ToString()), NameLikeness.Skeleton(accented.ToString()));
    }

    [Theory]
    [InlineData("Соntoso", true)]
    [InlineData("Cοntoso", true)]
    [InlineData("Ꮯontoso", true)]
    [InlineData("コ한", true)]
    [InlineData("Contoso", false)]
    [InlineData("Контосо", false)]
    [InlineData("Контосо IT", false)]
    [InlineData("ContosoジャパンX社", false)]
    [InlineData("삼성SDS", false)]
    [InlineData("Ærø 2", false)]
    [InlineData("संपर्क", false)]
    public void A_word_in_two_scripts_is_told(string name, bool mixed) => Assert.Equal(mixed, NameScripts.AreMixed(name));

    [Fact]
    public void Every_character_has_a_skeleton()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value))
                Assert.NotNull(NameLikeness.Skeleton(new Rune(value).ToString()));
        }
    }
}
