using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace ActionMail.Protocol.Cards;

/// <summary>A hash of names: those that are equal, letter case aside, have the same. A cheap first look; the bytes decide.</summary>
internal static class JsonNameHash
{
    private const uint FoldWord = 0x20202020;

    /// <summary>The hash of a name written without escapes.</summary>
    public static uint Of(ReadOnlySpan<byte> utf8) => Ascii.IsValid(utf8) ? OfBytes(utf8) : OfText(Encoding.UTF8.GetString(utf8));

    /// <summary>The hash of a decoded name.</summary>
    public static uint OfText(string name) => OfBytes(Encoding.UTF8.GetBytes(name.ToUpperInvariant()));

    /// <summary>The hash of bytes, the case of ASCII letters aside.</summary>
    public static uint OfBytes(ReadOnlySpan<byte> utf8)
    {
        // Bit 0x20 is what tells ASCII letters' case apart; set in all bytes, it costs a few collisions among signs and digits.
        var hash = (uint)utf8.Length;
        for (; utf8.Length >= 4; utf8 = utf8[4..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(utf8) | FoldWord);
        foreach (var letter in utf8)
            hash = Mix(hash, letter | 0x20u);
        return hash;
    }

    private static uint Mix(uint hash, uint word) => BitOperations.RotateLeft((hash ^ word) * 0x9E3779B1, 15);
}
