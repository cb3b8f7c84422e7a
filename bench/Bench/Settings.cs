namespace ActionMail.Bench;

/// <summary>What is measured, and how long.</summary>
internal sealed record Settings
{
    private static readonly string[] All = ["accept", "intake", "clicks", "pure", "dkim", "lint", "pages"];

    /// <summary>The suites, in order. Default all.</summary>
    public string[] Suites { get; init; } = All;

    /// <summary>Interleaved rounds that count, after one that does not. Default 9; 3 with --quick.</summary>
    public int Rounds { get; init; } = 9;

    /// <summary>Mails of one measurement. Default 3,000; 1,000 with --quick.</summary>
    public int Mails { get; init; } = 3_000;

    /// <summary>Mails of one measurement of the complete intake. Default 2,000; 600 with --quick.</summary>
    public int IntakeMails { get; init; } = 2_000;

    /// <summary>Seconds of one measurement of clicks. Default 2; 1 with --quick.</summary>
    public double ClickSeconds { get; init; } = 2;

    /// <summary>Seconds of one measurement of a pure part. Default 0.25; 0.1 with --quick.</summary>
    public double PureSeconds { get; init; } = 0.25;

    /// <summary>Requests of one measurement of a page. Default 40; 20 with --quick.</summary>
    public int PageRequests { get; init; } = 40;

    /// <summary>Registrations in the full store of the pages' measurement. Default 10,000; 1,000 with --quick.</summary>
    public int Registrations { get; init; } = 10_000;

    /// <summary>Messages in that store. Default 1,000,000; 50,000 with --quick.</summary>
    public int History { get; init; } = 1_000_000;

    /// <summary>People who came to the organization of that store and left. Default 1,000; 100 with --quick.</summary>
    public int People { get; init; } = 1_000;

    /// <summary>Measures only the contenders with this in their name, for a profiler beside it. Default all.</summary>
    public string? Only { get; init; }

    /// <summary>Null, with the fault said, when the arguments are not understood.</summary>
    public static Settings? Read(string[] args)
    {
        var quick = args.Contains("--quick", StringComparer.Ordinal);
        var settings = quick ? new Settings { Rounds = 3, Mails = 1_000, IntakeMails = 600, ClickSeconds = 1, PureSeconds = 0.1, PageRequests = 20, Registrations = 1_000, History = 50_000, People = 100 } : new Settings();
        var suites = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (All.Contains(args[i], StringComparer.Ordinal))
                suites.Add(args[i]);
            else if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0)
                settings = settings with { Rounds = rounds };
            else if (args[i] == "--only" && i + 1 < args.Length)
                settings = settings with { Only = args[++i] };
            else if (args[i] != "--quick")
                return Misunderstood(args[i]);
        }
        return suites is [] ? settings : settings with { Suites = [.. suites] };
    }

    private static Settings? Misunderstood(string argument)
    {
        Console.Error.WriteLine($"'{argument}'? bench/run [{string.Join('|', All)}]… [--rounds N] [--only NAME] [--quick]");
        return null;
    }
}
