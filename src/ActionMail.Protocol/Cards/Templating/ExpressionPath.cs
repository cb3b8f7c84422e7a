using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Following names and indices through values.</summary>
internal static class ExpressionPath
{
    /// <summary>A path that ends in a member. It is followed as a whole, so that what is not there is named as a whole.</summary>
    public static TemplateValue Evaluate(TemplateExpression path, ExpressionScope scope)
    {
        var steps = new List<(TemplateValue Value, bool IsIndex)>();
        var at = path;
        while (at is TemplateExpression.Member or TemplateExpression.Element)
        {
            switch (at)
            {
                case TemplateExpression.Member(var target, var name):
                    steps.Add((name, false));
                    at = target;
                    break;
                case TemplateExpression.Element(var target, var index):
                    var step = index.Evaluate(scope);
                    if (step is not (TemplateValue.Text or TemplateValue.Number))
                        return step is TemplateValue.Fault ? step : NoIndex(index);
                    steps.Add((step, true));
                    at = target;
                    break;
            }
        }
        steps.Reverse();
        if (at is TemplateExpression.Name(var first))
            return scope.OrItsText(scope.Find([first, .. steps.Select(step => step.Value)]), TextOf(first, steps));
        var origin = at.Evaluate(scope);
        return origin is TemplateValue.Fault ? origin : scope.OrItsText(Follow(origin, [.. steps.Select(step => step.Value)]), TextOf("", steps));
    }

    /// <summary>What one index finds; unlike a path's, an index beyond the end is a fault.</summary>
    public static TemplateValue Element(TemplateValue target, TemplateValue index, TemplateExpression indexText) => (target, index) switch
    {
        (_, TemplateValue.Fault) => index,
        ({ IsNothing: true }, TemplateValue.Text or TemplateValue.Number) => TemplateValue.Missing,
        (_, TemplateValue.Text(var name)) => Step(target, name),
        (TemplateValue.List(var items), TemplateValue.Number(var at)) when at >= 0 && at < items.Length && at == Math.Floor(at) => items[(int)at],
        (TemplateValue.List(var items), TemplateValue.Number(var at)) => new TemplateValue.Fault($"there is no item {NumberText.Of(at)} among {items.Length.ToString(CultureInfo.InvariantCulture)}"),
        (_, TemplateValue.Number) => new TemplateValue.Fault("only a list has items"),
        _ => NoIndex(indexText),
    };

    public static TemplateValue Follow(TemplateValue from, ReadOnlySpan<TemplateValue> steps)
    {
        foreach (var step in steps)
            from = Step(from, step is TemplateValue.Text(var name) ? name : ValueText.Of(step));
        return from;
    }

    private static TemplateValue Step(TemplateValue from, string name) => from switch
    {
        TemplateValue.Fields fields => fields[name],
        TemplateValue.List(var items) when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Length => items[index],
        _ => TemplateValue.Missing,
    };

    private static TemplateValue.Fault NoIndex(TemplateExpression index) => new($"{index} is neither a number nor a name");

    private static string TextOf(string first, List<(TemplateValue Value, bool IsIndex)> steps)
    {
        var text = new StringBuilder(first);
        foreach (var (step, isIndex) in steps)
        {
            var name = ValueText.Of(step);
            if (!isIndex)
                text.Append(text.Length > 0 ? "." : "").Append(name);
            else
                text.Append(step is TemplateValue.Number ? $"[{name}]" : $"['{name}']");
        }
        return text.ToString();
    }
}
