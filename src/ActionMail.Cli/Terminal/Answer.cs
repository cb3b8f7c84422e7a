namespace ActionMail.Cli.Terminal;

/// <summary>What a command came to. Each case is one exit code, and a problem is one line on standard error.</summary>
internal abstract record Answer(int ExitCode, string? Problem)
{
    /// <summary>What was asked for is done, or the answer is yes.</summary>
    public sealed record Done() : Answer(0, null);

    /// <summary>The command ran and the answer is no. Null where the printed result says so itself.</summary>
    public sealed record No(string? Why = null) : Answer(1, Why);

    /// <summary>The arguments, a file or the environment are wrong; <paramref name="What"/> says how to mend it.</summary>
    public sealed record BadInput(string What) : Answer(2, What);

    /// <summary>The platform did not answer, or answered with a fault of its own.</summary>
    public sealed record Unreachable(string What) : Answer(3, What);
}
