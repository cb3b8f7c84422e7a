namespace ActionMail.Protocol.Cards.Templating;

/// <summary>When two values are equal: null and what is not there are, lists and objects are when what is in them is.</summary>
internal static class ValueEquality
{
    private const double Epsilon = 2.220446049250313e-16; // JavaScript's Number.EPSILON, as Microsoft's library has it
    private const int MaxDepth = 64;

    public static bool AreEqual(TemplateValue left, TemplateValue right, WorkBudget budget) => AreEqual(left, right, budget, MaxDepth);

    private static bool AreEqual(TemplateValue left, TemplateValue right, WorkBudget budget, int depth)
    {
        if (!budget.Spend() || depth == 0)
            return false;
        return (left, right) switch
        {
            ({ IsNothing: true }, _) or (_, { IsNothing: true }) => left.IsNothing && right.IsNothing,
            (TemplateValue.List(var some), TemplateValue.List(var others)) =>
                some.Length == others.Length && some.Zip(others).All(pair => AreEqual(pair.First, pair.Second, budget, depth - 1)),
            (TemplateValue.Fields(var some), TemplateValue.Fields others) =>
                some.Length == others.Members.Length && some.All(member => AreEqual(member.Value, others[member.Key], budget, depth - 1)),
            (TemplateValue.Number(var one), TemplateValue.Number(var other)) => one == other || Math.Abs(one - other) < Epsilon,
            _ => left.Equals(right),
        };
    }
}
