using System.Text;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>A name of the vocabulary as a token of a text is compared with it: first the hash, then the bytes.</summary>
internal readonly struct PropertyName(string name)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public uint Hash { get; } = JsonNameHash.Of(Encoding.UTF8.GetBytes(name));

    public bool Is(ReadOnlySpan<byte> utf8) => utf8.SequenceEqual(_utf8);
}
