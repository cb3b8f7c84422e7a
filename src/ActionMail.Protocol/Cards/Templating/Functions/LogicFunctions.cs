using System.Collections.Immutable;
using System.Text.RegularExpressions;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Conditions, comparisons and questions about types.</summary>
internal static class LogicFunctions
{
    private const int MaxPatternLength = 1_000;

    // To read an expression costs far more than to look at a character.
    private const int PatternCost = 4_000;

    public static readonly TemplateFunction[] Table =
    [
        .. Named(["&&", "and"], name => new(name, 1, AnyNumber, (arguments, scope) => arguments.All(argument => argument.Evaluate(scope.InCondition).Holds))),
        .. Named(["||", "or"], name => new(name, 1, AnyNumber, (arguments, scope) => arguments.Any(argument => argument.Evaluate(scope.InCondition).Holds))),
        .. Named(["!", "not"], name => new(name, 1, 1, (arguments, scope) => !arguments[0].Evaluate(scope.InCondition).Holds)),
        new("if", 3, 3, (arguments, scope) => arguments[arguments[0].Evaluate(scope.InCondition).Holds ? 1 : 2].Evaluate(scope)),
        .. Named(["coalesce", "??"], name => new(name, 1, AnyNumber, Coalesce)),
        .. Named(["==", "equals"], name => Question(name, 2, args => ValueEquality.AreEqual(args[0], args[1], args.Scope.Budget))),
        Question("!=", 2, args => !ValueEquality.AreEqual(args[0], args[1], args.Scope.Budget)),
        .. Named(["<", "less"], name => Comparison(name, order => order < 0)),
        .. Named(["<=", "lessOrEquals"], name => Comparison(name, order => order <= 0)),
        .. Named([">", "greater"], name => Comparison(name, order => order > 0)),
        .. Named([">=", "greaterOrEquals"], name => Comparison(name, order => order >= 0)),
        Question("exists", 1, args => !args[0].IsNothing),
        Question("empty", 1, Empty),
        Question("bool", 1, Bool),
        Of("isString", 1, 1, args => args[0] is TemplateValue.Text),
        Of("isBoolean", 1, 1, args => args[0] is TemplateValue.Flag),
        Of("isArray", 1, 1, args => args[0] is TemplateValue.List),
        Of("isObject", 1, 1, args => args[0] is TemplateValue.Fields or TemplateValue.List or TemplateValue.Nothing), // as JavaScript's typeof
        Of("isInteger", 1, 1, args => args.Number(0) is { } number && number == Math.Floor(number)),
        Of("isFloat", 1, 1, args => args.Number(0) is { } number && number != Math.Floor(number)),
        Of("isMatch", 2, 2, IsMatch),
    ];

    /// <summary>A function with several names; the first is the one that it is written with.</summary>
    public static IEnumerable<TemplateFunction> Named(string[] names, Func<string, TemplateFunction> function) =>
        names.Select(name => function(name) with { Written = names[0] });

    private static TemplateValue Coalesce(ImmutableArray<TemplateExpression> arguments, ExpressionScope scope)
    {
        foreach (var argument in arguments)
        {
            if (argument.Evaluate(scope.InCondition) is { IsNothing: false } value)
                return value;
        }
        return TemplateValue.Missing;
    }

    // What cannot be compared because it is not there is in no order; what is there and cannot be compared is a mistake.
    private static TemplateFunction Comparison(string name, Func<int, bool> holds) => Question(name, 2, args => (args[0], args[1]) switch
    {
        ({ IsNothing: true }, _) or (_, { IsNothing: true }) => false,
        (TemplateValue.Number(var left), TemplateValue.Number(var right)) => holds(left.CompareTo(right)),
        (TemplateValue.Text(var left), TemplateValue.Text(var right)) => holds(string.CompareOrdinal(left, right)),
        _ => new TemplateValue.Fault($"{name} compares two numbers or two texts"),
    });

    private static TemplateValue Empty(FunctionArguments args) => args[0] switch
    {
        { IsNothing: true } => true,
        TemplateValue.Text(var text) => text.Length == 0,
        TemplateValue.List(var items) => items.IsEmpty,
        TemplateValue.Fields(var members) => members.IsEmpty,
        _ => false,
    };

    private static TemplateValue Bool(FunctionArguments args) => args[0] switch
    {
        TemplateValue.Number(var number) => number != 0,
        TemplateValue.Text(var text) when text.Contains("false", StringComparison.OrdinalIgnoreCase) => false,
        var value => value.Holds,
    };

    // Without backtracking, so that time is linear in the text; what needs backtracking is refused.
    private static TemplateValue IsMatch(FunctionArguments args)
    {
        if (args.Text(0) is not { } text)
            return args.Wrong(0, "a text");
        if (args.Text(1) is not { Length: > 0 and <= MaxPatternLength } pattern)
            return args.Wrong(1, $"a regular expression of at most {MaxPatternLength} characters");
        if (!args.Scope.Budget.Spend(PatternCost + 100L * pattern.Length))
            return FunctionArguments.TooMuch;
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        foreach (var (flag, option) in new[] { ("(?i)", RegexOptions.IgnoreCase), ("(?m)", RegexOptions.Multiline), ("(?s)", RegexOptions.Singleline) })
        {
            if (pattern.Contains(flag, StringComparison.Ordinal))
                (pattern, options) = (pattern.Replace(flag, "", StringComparison.Ordinal), options | option);
        }
        try
        {
            return new Regex(pattern, options, TimeSpan.FromMilliseconds(100)).IsMatch(text);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return args.Wrong(1, "a regular expression that can be matched without backtracking");
        }
    }
}
