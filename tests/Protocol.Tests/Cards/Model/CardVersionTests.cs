using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class CardVersionTests
{
    [Theory]
    [InlineData("1.0", 1, 0)]
    [InlineData("1.6", 1, 6)]
    [InlineData("1.10", 1, 10)]
    [InlineData("1", 1, 0)]
    [InlineData("1.4.0", 1, 4)]
    public void A_version_is_two_numbers(string text, int major, int minor)
    {
        Assert.True(CardVersion.TryParse(text, out var version));
        Assert.Equal(new(major, minor), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.x")]
    [InlineData("-1.0")]
    [InlineData("+1.0")]
    [InlineData("1,0")]
    [InlineData(" 1.0")]
    [InlineData("1.0 ")]
    [InlineData("1.0.0.0")]
    [InlineData("99999.0")]
    [InlineData("1.00000000000000000")]
    [InlineData("١.٠")]
    public void Anything_else_is_none(string text) => Assert.False(CardVersion.TryParse(text, out _), text);

    [Fact]
    public void Numbers_are_compared_as_numbers()
    {
        CardVersion[] ascending = [default, new(1, 0), new(1, 2), new(1, 10), new(2, 0)];

        Assert.Equal(ascending, ascending.Reverse().Order());
        Assert.True(new CardVersion(1, 9) < new CardVersion(1, 10) && new CardVersion(2, 0) > new CardVersion(1, 10));
        Assert.Equal("1.10", new CardVersion(1, 10).ToString());
    }
}
