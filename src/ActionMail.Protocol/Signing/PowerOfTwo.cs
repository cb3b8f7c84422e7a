using System.Numerics;
using System.Runtime.InteropServices;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// 2^n modulo n for an odd n, by Montgomery's multiplication (Menezes et al., Handbook of Applied Cryptography, algorithm 14.36). The
/// framework's <see cref="BigInteger.ModPow"/> takes several times as long, which would be felt at each import of a key. Nothing here is secret.
/// </summary>
internal sealed class PowerOfTwo
{
    private readonly ulong[] _n;
    private readonly ulong _negatedInverse;
    private readonly ulong[] _sum;

    private PowerOfTwo(BigInteger n)
    {
        _n = Limbs(n, (int)((n.GetBitLength() + 63) / 64));
        _sum = new ulong[_n.Length + 2];
        // Newton's iteration doubles the bits that are right, from the three that n has of its own inverse.
        var inverse = _n[0];
        for (var bits = 3; bits < 64; bits *= 2)
            inverse *= 2 - (_n[0] * inverse);
        _negatedInverse = 0 - inverse;
    }

    public static BigInteger Modulo(BigInteger n)
    {
        var field = new PowerOfTwo(n);
        var length = field._n.Length;
        // One in Montgomery's form; from the first bit of the exponent to the last: square, and double where it is set.
        var power = Limbs((BigInteger.One << (64 * length)) % n, length);
        for (var bit = (int)n.GetBitLength() - 1; bit >= 0; bit--)
        {
            field.Multiply(power, power, power);
            if ((field._n[bit / 64] >> (bit % 64) & 1) == 1)
                field.Double(power);
        }
        field.Multiply(power, Limbs(BigInteger.One, length), power);
        return new(MemoryMarshal.AsBytes(power.AsSpan()), isUnsigned: true);
    }

    private static ulong[] Limbs(BigInteger value, int length)
    {
        var limbs = new ulong[length];
        value.TryWriteBytes(MemoryMarshal.AsBytes(limbs.AsSpan()), out _, isUnsigned: true);
        return limbs;
    }

    private void Multiply(ulong[] left, ulong[] right, ulong[] product)
    {
        var length = _n.Length;
        Array.Clear(_sum);
        foreach (var digit in right)
        {
            var carry = AddProduct(left, digit);
            Carry(length, carry);
            carry = AddProduct(_n, _sum[0] * _negatedInverse);
            Carry(length, carry);
            // The lowest limb is zero now: the sum is divided by 2^64.
            Array.Copy(_sum, 1, _sum, 0, length + 1);
            _sum[length + 1] = 0;
        }
        Reduce(_sum.AsSpan(0, length), _sum[length] != 0);
        Array.Copy(_sum, product, length);
    }

    private ulong AddProduct(ReadOnlySpan<ulong> limbs, ulong digit)
    {
        var sum = _sum.AsSpan(0, limbs.Length);
        var carry = 0UL;
        for (var at = 0; at < sum.Length; at++)
        {
            var high = Math.BigMul(limbs[at], digit, out var low);
            low += carry;
            high += low < carry ? 1UL : 0;
            low += sum[at];
            carry = high + (low < sum[at] ? 1UL : 0);
            sum[at] = low;
        }
        return carry;
    }

    private void Carry(int at, ulong carry)
    {
        _sum[at] += carry;
        if (_sum[at] < carry)
            _sum[at + 1]++;
    }

    private void Double(ulong[] value)
    {
        var carry = 0UL;
        for (var at = 0; at < value.Length; at++)
            (value[at], carry) = ((value[at] << 1) | carry, value[at] >> 63);
        Reduce(value, carry != 0);
    }

    // A value below twice the modulus becomes the one below it.
    private void Reduce(Span<ulong> value, bool overflows)
    {
        if (!overflows && IsBelowModulus(value))
            return;
        var borrow = 0UL;
        for (var at = 0; at < value.Length; at++)
        {
            var difference = unchecked(value[at] - _n[at] - borrow);
            borrow = value[at] < _n[at] || (value[at] == _n[at] && borrow == 1) ? 1UL : 0;
            value[at] = difference;
        }
    }

    private bool IsBelowModulus(ReadOnlySpan<ulong> value)
    {
        for (var at = value.Length - 1; at >= 0; at--)
        {
            if (value[at] != _n[at])
                return value[at] < _n[at];
        }
        return false;
    }
}
