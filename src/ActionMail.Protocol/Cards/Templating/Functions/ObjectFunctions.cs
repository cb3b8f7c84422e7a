using System.Diagnostics;
using static ActionMail.Protocol.Cards.Templating.TemplateFunction;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Objects. A function gives a changed copy and leaves the data alone.</summary>
internal static class ObjectFunctions
{
    private const int MaxJsonDepth = 64;

    public static readonly TemplateFunction[] Table =
    [
        Of("json", 1, 1, Json),
        Of("jsonStringify", 1, 1, args => !args.CanSpellOut(args[0]) ? FunctionArguments.TooMuch : args[0] is TemplateValue.Absent ? args[0] : ValueText.Json(args[0])),
        Of("getProperty", 1, 2, GetProperty),
        Of("setProperty", 3, 3, args => Change(args, (fields, name) => fields.With(name, args[2]))),
        Of("addProperty", 3, 3, args => Change(args, (fields, name) =>
            fields[name] is TemplateValue.Absent ? fields.With(name, args[2]) : new TemplateValue.Fault($"there is a member '{name}' already"))),
        Of("removeProperty", 2, 2, args => Change(args, (fields, name) => fields.Without(name))),
        Of("merge", 1, AnyNumber, Merge),
    ];

    private static TemplateValue Json(FunctionArguments args) => args[0] is not TemplateValue.Text(var text)
        ? args.Wrong(0, "a text")
        : JsonText.Read(text.Trim(), MaxJsonDepth) switch
        {
            JsonTextReading.Read(var json) => TemplateValue.From(json.Root),
            JsonTextReading.Refused(_, var position, var message) => new TemplateValue.Fault($"the text is {message}, at line {position.Line}, column {position.Column}"),
            _ => throw new UnreachableException(),
        };

    // With one argument it is a member of the data that the expression sees.
    private static TemplateValue GetProperty(FunctionArguments args)
    {
        if (args[args.Count - 1] is not TemplateValue.Text(var name))
            return args.Wrong(args.Count - 1, "a text");
        var found = args.Count == 1 ? args.Scope.Find([name]) : ExpressionPath.Follow(args[0], [name]);
        return args.Scope.OrItsText(found, name);
    }

    private static TemplateValue Change(FunctionArguments args, Func<TemplateValue.Fields, string, TemplateValue> change) =>
        args[0] is not TemplateValue.Fields fields ? args.Wrong(0, "an object")
        : args[1] is not TemplateValue.Text(var name) ? args.Wrong(1, "a text")
        : change(fields, name);

    private static TemplateValue Merge(FunctionArguments args)
    {
        var merged = new TemplateValue.Fields([]);
        for (var index = 0; index < args.Count; index++)
        {
            var parts = args[index] is TemplateValue.List(var items) ? items : [args[index]];
            foreach (var part in parts)
            {
                if (part is not TemplateValue.Fields(var members))
                    return args.Wrong(index, "an object or a list of objects");
                if (!args.Scope.Budget.Spend((long)members.Length * (merged.Members.Length + members.Length)))
                    return FunctionArguments.TooMuch;
                merged = members.Aggregate(merged, (soFar, member) => soFar.With(member.Key, member.Value));
            }
        }
        return merged;
    }
}
