using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>A function of the language: its name, how many arguments it takes, and what it does with them.</summary>
internal sealed record TemplateFunction(string Name, int Min, int Max, TemplateFunction.Body Apply)
{
    public const int AnyNumber = int.MaxValue;

    /// <summary>Given the arguments as expressions, for some evaluate them more than once, or not at all.</summary>
    public delegate TemplateValue Body(ImmutableArray<TemplateExpression> arguments, ExpressionScope scope);

    /// <summary>The name that an expression is written with where it could not be evaluated.</summary>
    public string Written { get; init; } = Name;

    /// <summary>Whether the second argument is a loop's variable and the third what is evaluated for each item.</summary>
    public bool IsLoop { get; init; }

    /// <summary>A function of values: each argument is evaluated first, and a fault is handed on.</summary>
    public static TemplateFunction Of(string name, int min, int max, Func<FunctionArguments, TemplateValue> apply) => new(name, min, max, (expressions, scope) =>
    {
        var values = new TemplateValue[expressions.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = expressions[index].Evaluate(scope);
            if (values[index] is TemplateValue.Fault)
                return values[index];
        }
        var arguments = new FunctionArguments(name, values, scope);
        return arguments.AreAffordable ? apply(arguments) : FunctionArguments.TooMuch;
    });

    /// <summary>A question: what is not there is seen as not there, and a question about a fault is answered with no.</summary>
    public static TemplateFunction Question(string name, int arity, Func<FunctionArguments, TemplateValue> apply) => new(name, arity, arity, (expressions, scope) =>
    {
        ImmutableArray<TemplateValue> values = [.. expressions.Select(expression => expression.Evaluate(scope.InCondition))];
        var arguments = new FunctionArguments(name, [.. values], scope);
        if (!arguments.AreAffordable)
            return FunctionArguments.TooMuch;
        return values.Any(value => value is TemplateValue.Fault) ? false : apply(arguments);
    });

    /// <summary>Why these arguments do not fit, or null.</summary>
    public string? Misfit(ImmutableArray<TemplateExpression> arguments)
    {
        if (arguments.Length < Min || arguments.Length > Max)
            return $"{Name} takes {Count()}, not {arguments.Length.ToString(CultureInfo.InvariantCulture)}";
        return IsLoop && arguments[1] is not TemplateExpression.Name ? $"the second argument of {Name} is a name" : null;
    }

    private string Count()
    {
        var (min, max) = (Min.ToString(CultureInfo.InvariantCulture), Max.ToString(CultureInfo.InvariantCulture));
        var many = Max == AnyNumber ? $"{min} or more" : Min == Max ? min : $"{min} to {max}";
        return many == "1" ? "1 argument" : $"{many} arguments";
    }
}
