using System.Collections.Concurrent;

namespace ActionMail.Mail.Dkim;

/// <summary>
/// Key records that were read, by their text: to import an RSA key costs about eight verifications. Bounded, and shared by whoever verifies;
/// it answers for no record that its caller did not get from the DNS now, so it never outlives a key.
/// </summary>
/// <param name="capacity">Records that are kept at least; up to twice as many.</param>
public sealed class DkimKeyCache(int capacity = 1_000)
{
    // Two generations: what is asked for moves to the young one, and what nobody asked for goes with the old one.
    private ConcurrentDictionary<string, DkimKeyReading> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, DkimKeyReading> _old = new(StringComparer.Ordinal);

    internal DkimKeyReading Read(string record)
    {
        if (_young.TryGetValue(record, out var reading))
            return reading;
        if (!_old.TryGetValue(record, out reading))
            reading = DkimKeyParser.Parse(record);
        Keep(record, reading);
        return reading;
    }

    private void Keep(string record, DkimKeyReading reading)
    {
        var young = _young;
        young.TryAdd(record, reading);
        if (young.Count < capacity)
            return;
        _old = young;
        _young = new(StringComparer.Ordinal);
    }
}
