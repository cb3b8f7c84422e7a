namespace ActionMail.Protocol.Providers.Criteria;

/// <summary>Whether a criterion holds.</summary>
public enum CriterionVerdict
{
    /// <summary>It holds.</summary>
    Met,

    /// <summary>It does not hold.</summary>
    NotMet,

    /// <summary>Too little was seen to say.</summary>
    NotEnoughData,
}

/// <summary>One of the registration criteria of the scope Global, as it was measured. dashboard.md "Global scope".</summary>
/// <param name="Code">Its stable code, in snake_case.</param>
/// <param name="Title">What it asks for, in a few words.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Measured">The measured value with its unit, or "–" without any.</param>
/// <param name="Goal">What the value should be.</param>
/// <param name="Evidence">What was seen, in words and numbers.</param>
public sealed record Criterion(string Code, string Title, CriterionVerdict Verdict, string Measured, string Goal, string Evidence);
