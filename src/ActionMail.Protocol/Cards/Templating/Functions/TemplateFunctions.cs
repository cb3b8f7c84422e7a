using System.Collections.Frozen;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Every function and operator that there is, by name. docs/templating.md lists them, and those that are not here; a test compares.</summary>
internal static class TemplateFunctions
{
    private static readonly FrozenDictionary<string, TemplateFunction> ByName = new TemplateFunction[][]
    {
        LogicFunctions.Table,
        NumberFunctions.Table,
        TextFunctions.Table,
        ListFunctions.Table,
        ObjectFunctions.Table,
        ConversionFunctions.Table,
        TimeFunctions.Table,
        UriFunctions.Table,
    }.SelectMany(table => table).ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys;

    public static TemplateFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
