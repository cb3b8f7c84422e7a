using System.Globalization;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>The values that a function is called with. One beyond the last is not there.</summary>
internal readonly struct FunctionArguments(string function, TemplateValue[] values, ExpressionScope scope)
{
    public static TemplateValue.Fault TooMuch { get; } = new("the template asks for too much work");

    public int Count => values.Length;

    public ExpressionScope Scope => scope;

    public TemplateValue this[int index] => index < values.Length ? values[index] : TemplateValue.Missing;

    public IEnumerable<TemplateValue> All => values;

    /// <summary>Pays for reading the arguments once; false when that is too much.</summary>
    public bool AreAffordable
    {
        get
        {
            var cost = 0L;
            foreach (var value in values)
            {
                cost += value switch
                {
                    TemplateValue.Text(var text) => text.Length,
                    TemplateValue.List(var items) => items.Length,
                    TemplateValue.Fields(var members) => members.Length,
                    _ => 1,
                };
            }
            return scope.Budget.Spend(cost);
        }
    }

    /// <summary>Pays for writing a value out with all that is in it; false when that is too much.</summary>
    public bool CanSpellOut(TemplateValue value)
    {
        const int most = 2_000_000;
        var size = ValueText.Size(value, most);
        return size <= most && scope.Budget.Spend(size);
    }

    /// <summary>The text; "" for what is not there; null for anything else.</summary>
    public string? Text(int index) => this[index] switch
    {
        TemplateValue.Text(var text) => text,
        TemplateValue.Absent => "",
        _ => null,
    };

    public double? Number(int index) => this[index] is TemplateValue.Number(var number) ? number : null;

    /// <summary>A whole number that an index can be.</summary>
    public int? Whole(int index) => Number(index) is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue ? (int)number : null;

    /// <summary>Says which argument is not what the function takes.</summary>
    public TemplateValue.Fault Wrong(int index, string expected) =>
        new($"argument {(index + 1).ToString(CultureInfo.InvariantCulture)} of {function} is not {expected}");
}
