using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>What an expression sees, and what it may still cost.</summary>
internal sealed record ExpressionScope(TemplateValue Root, TemplateValue Host, DateTimeOffset Now, WorkBudget Budget)
{
    public TemplateValue Data { get; init; } = TemplateValue.Missing;

    public TemplateValue Index { get; init; } = TemplateValue.Missing;

    /// <summary>Whether a path that leads nowhere gives its own text, <c>${path}</c>. Conditions see that it is not there instead.</summary>
    public bool Substitutes { get; init; } = true;

    /// <summary>Told of each path that led nowhere.</summary>
    public Action<string>? OnMissing { get; init; }

    private LoopVariable? Variables { get; init; }

    public ExpressionScope InCondition => Substitutes ? this with { Substitutes = false } : this;

    public ExpressionScope With(string variable, TemplateValue value) => this with { Variables = new(variable, value, Variables) };

    /// <summary>Where a path from a name leads: a loop's variables first, the innermost before the others, then the data.</summary>
    public TemplateValue Find(ImmutableArray<TemplateValue> path)
    {
        var name = ((TemplateValue.Text)path[0]).Value;
        for (var variable = Variables; variable is not null; variable = variable.Outer)
        {
            if (string.Equals(variable.Name, name, StringComparison.OrdinalIgnoreCase) && ExpressionPath.Follow(variable.Value, path.AsSpan()[1..]) is not TemplateValue.Absent and var found)
                return found;
        }
        return name.StartsWith('$') ? ExpressionPath.Follow(Keyword(name), path.AsSpan()[1..]) : ExpressionPath.Follow(Data, path.AsSpan());
    }

    public TemplateValue OrItsText(TemplateValue found, string path)
    {
        if (found is not TemplateValue.Absent || !Substitutes)
            return found;
        OnMissing?.Invoke(path);
        return "${" + path + "}";
    }

    private TemplateValue Keyword(string name) => name.ToUpperInvariant() switch
    {
        "$DATA" => Data,
        "$ROOT" => Root,
        "$INDEX" => Index,
        "$HOST" => Host,
        _ => TemplateValue.Missing,
    };

    private sealed record LoopVariable(string Name, TemplateValue Value, LoopVariable? Outer);
}

/// <summary>Counts work down. Once it is spent nothing is evaluated any more, and the expansion fails.</summary>
internal sealed class WorkBudget(int units)
{
    private long _left = units;

    public bool IsSpent => _left < 0;

    /// <summary>Spends units; false when there are no more.</summary>
    public bool Spend(long cost = 1) => (_left -= cost) >= 0;
}
