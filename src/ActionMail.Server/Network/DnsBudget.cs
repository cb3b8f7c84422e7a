namespace ActionMail.Server.Network;

/// <summary>What the verification of one message may cost in the DNS (security C-17, protocol §2).</summary>
internal sealed class DnsBudget
{
    /// <summary>Questions asked for one message. What is over has no answer. Default 60.</summary>
    public int MaxQuestions { get; init; } = 60;

    /// <summary>Time for all of them together. What has not come by then has no answer. Default 20 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);
}
