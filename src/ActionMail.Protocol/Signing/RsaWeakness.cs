using System.Collections.Immutable;
using System.Numerics;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// What makes an RSA modulus easy to factor and can be seen quickly. A good key passes all of it with a chance of error below one in a hundred
/// million; a key that passes is not thereby good. Security J-01.
/// </summary>
internal static class RsaWeakness
{
    private const int LargestSmallPrime = 10_000;
    private const int FermatRounds = 1_000;
    private const string AnotherTool = "Make a new pair with another tool";

    private static readonly ImmutableArray<uint> OddPrimes = [.. SmallOddPrimes()];

    public static KeyReading.Refused? Of(byte[] modulus)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        return SmallFactor(n) ?? PrimeOrPower(n) ?? n switch
        {
            _ when HasClosePrimes(n) => new(KeyFault.ClosePrimes, $"its two primes are so close to each other that it can be factored (CVE-2022-26320). {AnotherTool}"),
            _ when RocaFingerprint.Matches(n) => new(KeyFault.Roca, $"it comes from a chip or library with the flaw ROCA (CVE-2017-15361). {AnotherTool}"),
            _ when ZeroPattern.Matches(modulus) => new(KeyFault.Pattern, $"its modulus has a pattern that no random key has. {AnotherTool}"),
            _ => null,
        };
    }

    private static KeyReading.Refused? SmallFactor(BigInteger n)
    {
        foreach (var prime in OddPrimes)
        {
            if (n % prime == 0)
                return new(KeyFault.SmallFactor, $"its modulus is divisible by {prime}, so this is not an RSA key");
        }
        return null;
    }

    // Fermat's little theorem: for n = p^k, 2^n and 2 are the same modulo p, so p divides their difference. For the product of two primes it
    // does so only where the order of 2 modulo p divides q - 1, which no chance brings about.
    private static KeyReading.Refused? PrimeOrPower(BigInteger n)
    {
        var difference = PowerOfTwo.Modulo(n) - 2;
        if (difference.IsZero)
            return new(KeyFault.PrimeModulus, "its modulus is a prime, so this is not an RSA key");
        return BigInteger.GreatestCommonDivisor(difference, n).IsOne ? null : new(KeyFault.PrimePower, "its modulus is a power of a prime, so this is not an RSA key");
    }

    // Fermat's factorization: with p and q close, n is little less than the square of their mean, and the difference is a square too.
    private static bool HasClosePrimes(BigInteger n)
    {
        var mean = CeilingRoot(n);
        var rest = (mean * mean) - n;
        for (var round = 0; round < FermatRounds; round++)
        {
            if (IsSquare(rest))
                return true;
            rest += (mean << 1) + 1;
            mean++;
        }
        return false;
    }

    private static bool IsSquare(BigInteger value)
    {
        // Of 64 remainders 12 are squares'; of 3 times 5 times 7 times 11 times 13, one in twelve.
        var low = (int)(uint)(value & 63);
        if ((0x0202_0212_0203_0213UL >> low & 1) == 0)
            return false;
        var remainder = (int)(uint)(value % 15_015);
        return IsSquareModulo(remainder, 3) && IsSquareModulo(remainder, 5) && IsSquareModulo(remainder, 7) && IsSquareModulo(remainder, 11) && IsSquareModulo(remainder, 13)
            && CeilingRoot(value) is var root && root * root == value;
    }

    private static bool IsSquareModulo(int value, int prime) => Enumerable.Range(0, (prime / 2) + 1).Any(root => root * root % prime == value % prime);

    // Newton's iteration from above: it falls until it is there.
    private static BigInteger CeilingRoot(BigInteger value)
    {
        if (value.IsZero)
            return value;
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (value / root)) >> 1;
            if (next >= root)
                return root * root == value ? root : root + 1;
            root = next;
        }
    }

    private static IEnumerable<uint> SmallOddPrimes()
    {
        var composite = new bool[LargestSmallPrime];
        for (var number = 3; number < LargestSmallPrime; number += 2)
        {
            if (composite[number])
                continue;
            yield return (uint)number;
            for (var multiple = number * number; multiple < LargestSmallPrime; multiple += number)
                composite[multiple] = true;
        }
    }
}
