using System.Numerics;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// Patterns of bits that betray a broken generator: far too few or too many ones; a long run of the same; or a place in each machine word that
/// is always zero, as where random numbers filled only part of a word (the "short-sleeve" keys that were found in 2026).
/// </summary>
internal static class ZeroPattern
{
    private const int LongestRun = 96;
    private const int NibbleBits = 4;

    public static bool Matches(byte[] modulus) => IsUnbalanced(modulus) || HasLongRun(modulus) || HasEmptyPlace(modulus, 4) || HasEmptyPlace(modulus, 8) || HasEmptyPlace(modulus, 16);

    // Ones of random bits deviate by half the root of their number; eight times that happens once in 10^15 keys.
    private static bool IsUnbalanced(byte[] modulus)
    {
        var bits = modulus.Length * 8;
        var ones = modulus.Sum(value => BitOperations.PopCount(value));
        return Math.Abs(ones - (bits / 2)) > 4 * Math.Sqrt(bits);
    }

    private static bool HasLongRun(byte[] modulus)
    {
        var (run, last) = (0, -1);
        for (var bit = 0; bit < modulus.Length * 8; bit++)
        {
            var value = modulus[bit / 8] >> (7 - (bit % 8)) & 1;
            run = value == last ? run + 1 : 1;
            last = value;
            if (run >= LongestRun)
                return true;
        }
        return false;
    }

    // The first and the last word are left out: a modulus begins with a one and is odd. At 14 words of 16 bytes, a place of four bits is
    // empty by chance in one of 2^51 keys.
    private static bool HasEmptyPlace(byte[] modulus, int wordBytes) => Enumerable.Range(0, wordBytes * 8 / NibbleBits).Any(place =>
    {
        var (offset, shift) = ((place / 2) + 1, place % 2 * NibbleBits);
        for (var end = modulus.Length - wordBytes; end >= 2 * wordBytes; end -= wordBytes)
        {
            if ((modulus[end - offset] >> shift & 0xF) != 0)
                return false;
        }
        return true;
    });
}
