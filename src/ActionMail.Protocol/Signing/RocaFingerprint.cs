using System.Collections.Immutable;
using System.Numerics;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// The fingerprint of RSA keys from Infineon's library: both primes have the form k·M + (65537^a mod M), where M is the product of the first
/// primes, so the modulus is a power of 65537 modulo each of those. Nemec et al., "The Return of Coppersmith's Attack" (2017) §3.3.
/// A random modulus passes for one with a chance of about 2^-27.
/// </summary>
internal static class RocaFingerprint
{
    private const uint Generator = 65_537;

    private static readonly ImmutableArray<(uint Prime, UInt128 Powers, UInt128 HighPowers)> Groups = [.. Primes().Select(PowersOf)];

    public static bool Matches(BigInteger modulus) => Groups.All(group =>
    {
        var remainder = (int)(uint)(modulus % group.Prime);
        return ((remainder < 128 ? group.Powers >> remainder : group.HighPowers >> (remainder - 128)) & 1) == 1;
    });

    private static (uint Prime, UInt128 Powers, UInt128 HighPowers) PowersOf(uint prime)
    {
        var (low, high) = (UInt128.Zero, UInt128.Zero);
        var power = 1u;
        do
        {
            if (power < 128)
                low |= UInt128.One << (int)power;
            else
                high |= UInt128.One << (int)(power - 128);
            power = power * (Generator % prime) % prime;
        }
        while (power != 1);
        return (prime, low, high);
    }

    // The smallest M, of 512-bit keys, has the first 39 primes; those of longer keys have these among them.
    private static IEnumerable<uint> Primes() =>
        Enumerable.Range(3, 165).Where(number => Enumerable.Range(2, 11).All(divisor => divisor >= number || number % divisor != 0)).Select(number => (uint)number);
}
