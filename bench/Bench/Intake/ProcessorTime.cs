namespace ActionMail.Bench.Intake;

/// <summary>What a server has cost the processors so far, with all of its processes, those that have ended included. proc(5).</summary>
internal static class ProcessorTime
{
    // USER_HZ: what /proc counts in, whatever the kernel's own clock.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds in user and system mode, in steps of 10 ms.</summary>
    public static double SecondsOf(int process)
    {
        var children = Directory.EnumerateDirectories("/proc").Select(Read).OfType<Stat>().ToLookup(stat => stat.Parent);
        var own = Read($"/proc/{process}") ?? throw new InvalidOperationException($"The process {process} has ended.");
        return (own.Ticks + TicksOf(children, process)) / TicksPerSecond;
    }

    private static long TicksOf(ILookup<int, Stat> children, int parent) => children[parent].Sum(child => child.Ticks + TicksOf(children, child.Process));

    /// <summary>Null for what is no process, or none any more.</summary>
    private static Stat? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            return null;
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name, in parentheses, may have blanks and parentheses in it. Behind it: state, parent, … utime, stime, cutime, cstime as fields 14 to 17.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(process, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Stat(int Process, int Parent, long Ticks);
}
