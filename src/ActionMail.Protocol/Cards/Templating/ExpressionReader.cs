using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Protocol.Cards.Templating;

internal abstract record ExpressionReading
{
    private ExpressionReading() { }

    public sealed record Read(TemplateExpression Expression) : ExpressionReading;

    public sealed record Unreadable(int Column, string Why) : ExpressionReading;
}

/// <summary>
/// Recursive descent over the grammar of Adaptive Expressions. Operators that stand further down in <see cref="Tightness"/> bind more tightly; all
/// but <c>^</c> join from the left, <c>?:</c> too.
/// </summary>
internal ref struct ExpressionReader
{
    // The order is the published grammar's own: "==" binds more tightly than "&", and that more tightly than "<".
    private static readonly ImmutableDictionary<string, int> Tightness = new Dictionary<string, int>
    {
        ["?"] = 1,
        ["??"] = 2,
        ["||"] = 3,
        ["&&"] = 4,
        ["<"] = 5,
        ["<="] = 5,
        [">"] = 5,
        [">="] = 5,
        ["&"] = 6,
        ["=="] = 7,
        ["!="] = 7,
        ["<>"] = 7,
        ["+"] = 8,
        ["-"] = 8,
        ["*"] = 9,
        ["/"] = 9,
        ["%"] = 9,
        ["^"] = 10,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private readonly int _maxDepth;
    private ExpressionScanner _scanner;
    private string? _fault;
    private int _faultAt;
    private int _depth;

    private ExpressionReader(string source, int maxDepth) => (_scanner, _maxDepth) = (new(source), maxDepth);

    public static ExpressionReading Read(string source, int maxDepth)
    {
        var trimmed = source.Trim();
        if (trimmed.Length == 0)
            return new ExpressionReading.Read(new TemplateExpression.Constant(""));
        var reader = new ExpressionReader(trimmed.StartsWith('=') ? trimmed[1..] : trimmed, maxDepth);
        var expression = reader.Expression(1);
        if (reader._scanner.Kind != ExpressionToken.End)
            reader.Fault($"nothing may follow here, but '{reader._scanner.Text}' does");
        return reader._fault is { } why ? new ExpressionReading.Unreadable(reader._faultAt + 1, why) : new ExpressionReading.Read(expression);
    }

    private TemplateExpression Expression(int tightness)
    {
        if (++_depth > _maxDepth)
            return Fault($"it is nested more than {_maxDepth.ToString(CultureInfo.InvariantCulture)} deep");
        var left = Unary();
        while (_fault is null && _scanner.Kind == ExpressionToken.Sign && Tightness.TryGetValue(_scanner.Text, out var found) && found >= tightness)
        {
            var sign = _scanner.Take();
            left = sign == "?" ? Choice(left) : Operator(sign == "<>" ? "!=" : sign, left, Expression(sign == "^" ? found : found + 1));
        }
        _depth--;
        return left;
    }

    private TemplateExpression Choice(TemplateExpression condition)
    {
        var held = Expression(1);
        Expect(":");
        return Operator("if", condition, held, Expression(2));
    }

    private TemplateExpression Unary()
    {
        if (_scanner.Kind != ExpressionToken.Sign || _scanner.Text is not ("!" or "-" or "+"))
            return Postfix();
        if (++_depth > _maxDepth)
            return Fault("it has too many signs in a row");
        var sign = _scanner.Take();
        var operand = Unary();
        _depth--;
        return sign == "!" ? Operator("!", operand) : Operator(sign, new TemplateExpression.Constant(0d), operand);
    }

    private TemplateExpression Postfix()
    {
        var expression = Primary();
        while (_fault is null)
        {
            if (_scanner.TakeSign("."))
                expression = Bounded(new TemplateExpression.Member(expression, Identifier()));
            else if (_scanner.TakeSign("["))
                expression = Indexed(expression);
            else if (_scanner.TakeSign("("))
                expression = Call(expression);
            else
                break;
        }
        return expression;
    }

    private TemplateExpression Indexed(TemplateExpression target)
    {
        var index = Expression(1);
        Expect("]");
        return Bounded(new TemplateExpression.Element(target, index));
    }

    private TemplateExpression Call(TemplateExpression callee) =>
        callee is TemplateExpression.Name or TemplateExpression.Member ? Operator(callee.ToString(), [.. Arguments(")")]) : Fault("only a name can be called");

    private TemplateExpression Primary()
    {
        switch (_scanner.Kind)
        {
            case ExpressionToken.Number: return new TemplateExpression.Constant(double.Parse(_scanner.Take(), NumberStyles.Float, CultureInfo.InvariantCulture));
            case ExpressionToken.Text: return new TemplateExpression.Constant(_scanner.Take());
            case ExpressionToken.Name: return NameOrWord(_scanner.Take());
            case ExpressionToken.Sign when _scanner.TakeSign("("):
                var inner = Expression(1);
                Expect(")");
                return inner;
            case ExpressionToken.Sign when _scanner.TakeSign("["): return Operator("createArray", [.. Arguments("]")]);
            case ExpressionToken.Sign when _scanner.TakeSign("{"): return Object();
            case ExpressionToken.End: return Fault("a value is missing at the end");
            default: return Fault($"'{_scanner.Text}' is no value");
        }
    }

    private static TemplateExpression NameOrWord(string name) => name switch
    {
        "true" => new TemplateExpression.Constant(true),
        "false" => new TemplateExpression.Constant(false),
        "null" => new TemplateExpression.Constant(TemplateValue.Null),
        "undefined" => new TemplateExpression.Constant(TemplateValue.Missing),
        _ => new TemplateExpression.Name(name),
    };

    // {a: 1, 'b': 2} is setProperty(setProperty(json('{}'), 'a', 1), 'b', 2).
    private TemplateExpression Object()
    {
        var made = Operator("json", new TemplateExpression.Constant("{}"));
        while (_fault is null && !_scanner.TakeSign("}"))
        {
            var key = _scanner.Kind == ExpressionToken.Text ? _scanner.Take() : Identifier();
            Expect(":");
            made = Operator("setProperty", made, new TemplateExpression.Constant(key), Expression(1));
            if (!_scanner.TakeSign(",") && !_scanner.IsSign("}"))
                return Fault("a comma or '}' is missing");
        }
        return made;
    }

    private List<TemplateExpression> Arguments(string close)
    {
        var arguments = new List<TemplateExpression>();
        if (_scanner.TakeSign(close))
            return arguments;
        do
        {
            var argument = Expression(1);
            arguments.Add(argument);
            if (argument is TemplateExpression.Name && _scanner.TakeSign("=>"))
                arguments.Add(Expression(1));
        }
        while (_fault is null && _scanner.TakeSign(","));
        Expect(close);
        return arguments;
    }

    private TemplateExpression Operator(string name, params ImmutableArray<TemplateExpression> arguments)
    {
        var known = TemplateFunctions.Find(name);
        return known?.Misfit(arguments) is { } misfit ? Fault(misfit) : Bounded(new TemplateExpression.Call(name, known, arguments));
    }

    // A chain such as a + b + c is read in a loop and evaluated by recursion.
    private TemplateExpression Bounded(TemplateExpression expression) =>
        expression.Height > _maxDepth ? Fault($"it is nested more than {_maxDepth.ToString(CultureInfo.InvariantCulture)} deep") : expression;

    private string Identifier()
    {
        if (_scanner.Kind == ExpressionToken.Name)
            return _scanner.Take();
        Fault("a name is missing");
        return "";
    }

    private void Expect(string sign)
    {
        if (!_scanner.TakeSign(sign))
            Fault($"'{sign}' is missing");
    }

    private TemplateExpression.Constant Fault(string why)
    {
        if (_fault is null)
            (_fault, _faultAt) = (why, _scanner.Start);
        return new(TemplateValue.Missing);
    }
}
