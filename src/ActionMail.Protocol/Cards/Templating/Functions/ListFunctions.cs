using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Lists, and objects seen as lists of {key, value}.</summary>
internal static class ListFunctions
{
    public static readonly TemplateFunction[] Table =
    [
        Of("createArray", 0, AnyNumber, args => TemplateValue.Of(args.All)),
        Of("range", 2, 2, Range),
        Of("count", 1, 1, Count),
        Of("contains", 2, 2, Contains),
        Of("first", 1, 1, args => args[0] switch
        {
            TemplateValue.Text({ Length: > 0 } text) => text[0].ToString(),
            TemplateValue.List([var first, ..]) => first,
            _ => TemplateValue.Missing,
        }),
        Of("last", 1, 1, args => args[0] switch
        {
            TemplateValue.Text({ Length: > 0 } text) => text[^1].ToString(),
            TemplateValue.List([.., var last]) => last,
            _ => TemplateValue.Missing,
        }),
        Of("join", 2, 3, Join),
        Of("indexOf", 2, 2, args => IndexOf(args, (text, part) => text.IndexOf(part, StringComparison.Ordinal), (items, item) => items.IndexOf(item))),
        Of("lastIndexOf", 2, 2, args => IndexOf(args, (text, part) => text.LastIndexOf(part, StringComparison.Ordinal), (items, item) => items.LastIndexOf(item))),
        OfList("skip", 2, (args, items) => args.Whole(1) is { } count ? TemplateValue.Of(items.Skip(count)) : args.Wrong(1, "a whole number")),
        Of("take", 2, 2, Take),
        Of("subArray", 2, 3, SubArray),
        Of("reverse", 1, 1, args => args[0] switch
        {
            TemplateValue.Text(var text) => new string([.. text.Reverse()]),
            TemplateValue.List(var items) => TemplateValue.Of(items.Reverse()),
            _ => args.Wrong(0, "a text or a list"),
        }),
        Of("sortBy", 1, 2, args => Sort(args, isDescending: false)),
        Of("sortByDescending", 1, 2, args => Sort(args, isDescending: true)),
        OfList("unique", 1, (_, items) => TemplateValue.Of(items.Distinct())),
        Of("union", 1, AnyNumber, args => Lists(args) is { } lists ? TemplateValue.Of(lists.SelectMany(list => list).Distinct()) : args.Wrong(0, "a list, like each other argument")),
        Of("intersection", 1, AnyNumber, Intersection),
        Of("flatten", 1, 2, Flatten),
        Of("indicesAndValues", 1, 1, IndicesAndValues),
        Loop("select", (_, results) => TemplateValue.Of(results)),
        Loop("foreach", (_, results) => TemplateValue.Of(results)),
        Loop("where", Where, keepsFaults: false),
        Loop("any", (_, results) => results.Any(result => result.Holds), keepsFaults: false),
        Loop("all", (_, results) => results.All(result => result.Holds), keepsFaults: false),
    ];

    private static TemplateFunction OfList(string name, int arity, Func<FunctionArguments, ImmutableArray<TemplateValue>, TemplateValue> function) =>
        Of(name, arity, arity, args => args[0] is TemplateValue.List(var items) ? function(args, items) : args.Wrong(0, "a list"));

    // The loop's variable is a scope of its own, around the one that the loop stands in.
    private static TemplateFunction Loop(string name, Func<TemplateValue, IEnumerable<TemplateValue>, TemplateValue> finish, bool keepsFaults = true) => new(name, 3, 3, (arguments, scope) =>
    {
        var subject = arguments[0].Evaluate(scope);
        if (subject is TemplateValue.Fault)
            return subject;
        if (ItemsOf(subject) is not { } items)
            return new TemplateValue.Fault($"argument 1 of {name} is neither a list nor an object");
        var variable = ((TemplateExpression.Name)arguments[1]).Identifier;
        var results = new List<TemplateValue>();
        foreach (var item in items)
        {
            var result = arguments[2].Evaluate(scope.With(variable, item));
            if (scope.Budget.IsSpent || (keepsFaults && result is TemplateValue.Fault))
                return result;
            results.Add(result);
        }
        return finish(subject, results);
    })
    {
        IsLoop = true,
    };

    private static TemplateValue Where(TemplateValue subject, IEnumerable<TemplateValue> results)
    {
        var held = results.Select(result => result.Holds).ToList();
        return subject is TemplateValue.Fields(var members)
            ? new TemplateValue.Fields([.. members.Where((_, index) => held[index])])
            : TemplateValue.Of(((TemplateValue.List)subject).Items.Where((_, index) => held[index]));
    }

    private static ImmutableArray<TemplateValue>? ItemsOf(TemplateValue subject) => subject switch
    {
        TemplateValue.List(var items) => items,
        TemplateValue.Fields(var members) => [.. members.Select(member => new TemplateValue.Fields([new("key", member.Key), new("value", member.Value)]))],
        _ => null,
    };

    private static TemplateValue Range(FunctionArguments args)
    {
        if (args.Whole(0) is not { } start)
            return args.Wrong(0, "a whole number");
        if (args.Whole(1) is not { } count || count <= 0)
            return args.Wrong(1, "a whole number over 0");
        return args.Scope.Budget.Spend(count) ? TemplateValue.Of(Enumerable.Range(0, count).Select(offset => (TemplateValue)((double)start + offset))) : FunctionArguments.TooMuch;
    }

    private static TemplateValue Count(FunctionArguments args) => args[0] switch
    {
        TemplateValue.Text(var text) => text.Length,
        TemplateValue.List(var items) => items.Length,
        TemplateValue.Fields(var members) => members.Length,
        _ => args.Wrong(0, "a text, a list or an object"),
    };

    private static TemplateValue Contains(FunctionArguments args)
    {
        var (where, what) = (args[0], args[1]);
        var budget = args.Scope.Budget;
        return (where, what) switch
        {
            (TemplateValue.Text(var text), TemplateValue.Text(var part)) => text.Contains(part, StringComparison.Ordinal),
            (TemplateValue.List(var items), _) => items.Any(item => ValueEquality.AreEqual(item, what, budget)),
            (TemplateValue.Fields fields, TemplateValue.Text(var name)) => fields[name] is not TemplateValue.Absent,
            _ => false,
        };
    }

    private static TemplateValue Join(FunctionArguments args)
    {
        if (args[0] is not TemplateValue.List(var items))
            return args.Wrong(0, "a list");
        if (args.Text(1) is not { } separator || args.Text(2) is not { } lastSeparator)
            return args.Wrong(args.Text(1) is null ? 1 : 2, "a text");
        if (!args.CanSpellOut(args[0]) || !args.Scope.Budget.Spend((long)separator.Length * items.Length))
            return FunctionArguments.TooMuch;
        var texts = items.Select(ValueText.Of).ToList();
        return args.Count < 3 || texts.Count < 2
            ? string.Join(separator, texts)
            : string.Join(separator, texts.SkipLast(1)) + lastSeparator + texts[^1];
    }

    private static TemplateValue IndexOf(FunctionArguments args, Func<string, string, int> inText, Func<ImmutableArray<TemplateValue>, TemplateValue, int> inList)
    {
        if (args[0] is TemplateValue.List(var items))
            return inList(items, args[1]);
        if ((args[0] is TemplateValue.Nothing ? "" : args.Text(0)) is not { } text)
            return args.Wrong(0, "a text or a list");
        return args.Text(1) is { } part ? inText(text, part) : args.Wrong(1, "a text");
    }

    private static TemplateValue Take(FunctionArguments args) => (args[0], args.Whole(1)) switch
    {
        (_, null) => args.Wrong(1, "a whole number"),
        (TemplateValue.Text(var text), { } count) => text[..Math.Clamp(count, 0, text.Length)],
        (TemplateValue.List(var items), { } count) => TemplateValue.Of(items.Take(count)),
        _ => args.Wrong(0, "a list or a text"),
    };

    private static TemplateValue SubArray(FunctionArguments args)
    {
        if (args[0] is not TemplateValue.List(var items))
            return args.Wrong(0, "a list");
        if (args.Whole(1) is not { } start || start < 0 || start > items.Length)
            return args.Wrong(1, "a place in the list");
        var end = args.Count > 2 ? args.Whole(2) : items.Length;
        return end is >= 0 && end <= items.Length ? TemplateValue.Of(items.Take(end.Value).Skip(start)) : args.Wrong(2, "a place in the list");
    }

    private static TemplateValue Sort(FunctionArguments args, bool isDescending)
    {
        if (args[0] is not TemplateValue.List(var items))
            return args.Wrong(0, "a list");
        if (args.Text(1) is not { } member)
            return args.Wrong(1, "the name of a member");
        if (!args.CanSpellOut(args[0]))
            return FunctionArguments.TooMuch;
        var sorted = items.OrderBy(item => args.Count < 2 ? item : item is TemplateValue.Fields fields ? fields[member] : TemplateValue.Missing, ValueOrder.Instance);
        return TemplateValue.Of(isDescending ? sorted.Reverse() : sorted);
    }

    private static List<ImmutableArray<TemplateValue>>? Lists(FunctionArguments args) =>
        args.All.All(value => value is TemplateValue.List) ? [.. args.All.Select(value => ((TemplateValue.List)value).Items)] : null;

    private static TemplateValue Intersection(FunctionArguments args)
    {
        if (Lists(args) is not [var first, .. var others])
            return args.Wrong(0, "a list, like each other argument");
        var kept = first.Distinct();
        foreach (var other in others)
            kept = kept.Where(other.ToHashSet().Contains);
        return TemplateValue.Of(kept);
    }

    private static TemplateValue Flatten(FunctionArguments args)
    {
        if (args[0] is not TemplateValue.List(var items))
            return args.Wrong(0, "a list");
        if (!args.CanSpellOut(args[0]))
            return FunctionArguments.TooMuch;
        IEnumerable<TemplateValue> flat = items;
        for (var depth = Math.Clamp(args.Count > 1 ? args.Whole(1) ?? 1 : 100, 1, 100); depth > 0 && flat.Any(item => item is TemplateValue.List); depth--)
            flat = flat.SelectMany(item => item is TemplateValue.List(var inner) ? inner : [item]).ToList();
        return TemplateValue.Of(flat);
    }

    private static TemplateValue IndicesAndValues(FunctionArguments args) => args[0] switch
    {
        TemplateValue.List(var items) => TemplateValue.Of(items.Select((item, index) => Pair((double)index, item))),
        TemplateValue.Fields(var members) => TemplateValue.Of(members.Select(member => Pair(member.Key, member.Value))),
        _ => args.Wrong(0, "a list or an object"),
    };

    private static TemplateValue Pair(TemplateValue index, TemplateValue value) => new TemplateValue.Fields([new("index", index), new("value", value)]);
}
