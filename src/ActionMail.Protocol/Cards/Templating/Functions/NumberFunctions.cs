using static ActionMail.Protocol.Cards.Templating.LogicFunctions;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Arithmetic.</summary>
internal static class NumberFunctions
{
    public static readonly TemplateFunction[] Table =
    [
        .. Named(["+", "add"], name => Of(name, 2, AnyNumber, Add)),
        .. Named(["-", "sub"], name => Sequence(name, (left, right) => left - right)),
        .. Named(["*", "mul"], name => Sequence(name, (left, right) => left * right)),
        .. Named(["/", "div"], name => Sequence(name, Divide)),
        .. Named(["%", "mod"], name => Of(name, 2, 2, Mod)),
        .. Named(["^", "exp"], name => Sequence(name, (left, right) => Math.Pow(left, right))),
        OfOne("abs", Math.Abs),
        OfOne("sqrt", Math.Sqrt),
        OfOne("floor", Math.Floor),
        OfOne("ceiling", Math.Ceiling),
        Of("round", 1, 2, Round),
        Of("max", 1, AnyNumber, args => Fold(args, Math.Max)),
        Of("min", 1, AnyNumber, args => Fold(args, Math.Min)),
        Of("sum", 1, 1, args => Numbers(args) is { } numbers ? numbers.Sum() : args.Wrong(0, "a list of numbers, at least one")),
        Of("average", 1, 1, args => Numbers(args) is { } numbers ? numbers.Average() : args.Wrong(0, "a list of numbers, at least one")),
    ];

    // JavaScript rounds a half up, also below zero.
    public static double RoundTo(double number, int digits) => Math.Floor(number * Math.Pow(10, digits) + 0.5) / Math.Pow(10, digits);

    private static TemplateFunction OfOne(string name, Func<double, double> function) =>
        Of(name, 1, 1, args => args.Number(0) is { } number ? function(number) : args.Wrong(0, "a number"));

    private static TemplateFunction Sequence(string name, Func<double, double, TemplateValue> step) => Of(name, 2, AnyNumber, args =>
    {
        TemplateValue soFar = args[0];
        for (var index = 1; index < args.Count; index++)
        {
            if (soFar is not TemplateValue.Number(var left))
                return soFar is TemplateValue.Fault ? soFar : args.Wrong(0, "a number");
            if (args.Number(index) is not { } right)
                return args.Wrong(index, "a number");
            soFar = step(left, right);
        }
        return soFar;
    });

    // Two numbers are added, two texts or a text and a number are joined; anything else is a mistake.
    private static TemplateValue Add(FunctionArguments args)
    {
        var soFar = args[0];
        for (var index = 1; index < args.Count; index++)
        {
            switch (soFar, args[index])
            {
                case (TemplateValue.Number(var left), TemplateValue.Number(var right)): soFar = left + right; break;
                case (TemplateValue.Number, TemplateValue.Absent) or (TemplateValue.Absent, TemplateValue.Number): return args.Wrong(index, "there, and a number is added to it");
                case (TemplateValue.Number or TemplateValue.Text or TemplateValue.Absent, TemplateValue.Number or TemplateValue.Text or TemplateValue.Absent):
                    var (first, second) = (ValueText.Of(soFar), ValueText.Of(args[index]));
                    if (!args.Scope.Budget.Spend(first.Length + second.Length))
                        return FunctionArguments.TooMuch;
                    soFar = first + second;
                    break;
                default: return args.Wrong(soFar is TemplateValue.Number or TemplateValue.Text or TemplateValue.Absent ? index : index - 1, "a number or a text");
            }
            if (soFar is TemplateValue.Fault)
                return soFar;
        }
        return soFar;
    }

    // Whole numbers are divided as whole numbers, rounded down.
    private static TemplateValue Divide(double left, double right) =>
        right == 0 ? new TemplateValue.Fault("nothing can be divided by 0")
        : left == Math.Floor(left) && right == Math.Floor(right) ? Math.Floor(left / right)
        : left / right;

    private static TemplateValue Mod(FunctionArguments args)
    {
        for (var index = 0; index < 2; index++)
        {
            if (args.Number(index) is not { } number || number != Math.Floor(number))
                return args.Wrong(index, "a whole number");
        }
        return args.Number(1) == 0 ? new TemplateValue.Fault("nothing can be divided by 0") : args.Number(0)!.Value % args.Number(1)!.Value;
    }

    private static TemplateValue Round(FunctionArguments args)
    {
        if (args.Number(0) is not { } number)
            return args.Wrong(0, "a number");
        var digits = args.Count > 1 ? args.Whole(1) : 0;
        return digits is >= 0 and <= 15 ? RoundTo(number, digits.Value) : args.Wrong(1, "a whole number from 0 to 15");
    }

    private static TemplateValue Fold(FunctionArguments args, Func<double, double, double> better)
    {
        double? best = null;
        for (var index = 0; index < args.Count; index++)
        {
            var numbers = args[index] is TemplateValue.List(var items) ? items : [args[index]];
            foreach (var item in numbers)
            {
                if (item is not TemplateValue.Number(var number))
                    return args.Wrong(index, "a number or a list of numbers");
                best = best is { } soFar ? better(soFar, number) : number;
            }
        }
        return best is { } found ? found : args.Wrong(0, "a list with at least one number");
    }

    private static List<double>? Numbers(FunctionArguments args) =>
        args[0] is TemplateValue.List(var items) && !items.IsEmpty && items.All(item => item is TemplateValue.Number)
            ? [.. items.Select(item => ((TemplateValue.Number)item).Value)]
            : null;
}
