namespace ActionMail.Protocol.Cards.Templating;

/// <summary>The order of a sorted list: numbers by size, then texts by their code units, then the rest as it came.</summary>
internal sealed class ValueOrder : IComparer<TemplateValue>
{
    private ValueOrder() { }

    public static ValueOrder Instance { get; } = new();

    public int Compare(TemplateValue? left, TemplateValue? right) => (left, right) switch
    {
        (TemplateValue.Number(var one), TemplateValue.Number(var other)) => one.CompareTo(other),
        (TemplateValue.Text(var one), TemplateValue.Text(var other)) => string.CompareOrdinal(one, other),
        _ => Rank(left).CompareTo(Rank(right)),
    };

    private static int Rank(TemplateValue? value) => value switch
    {
        TemplateValue.Number => 0,
        TemplateValue.Text => 1,
        _ => 2,
    };
}
