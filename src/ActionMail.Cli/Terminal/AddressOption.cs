using System.CommandLine;
using System.CommandLine.Parsing;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Cli.Terminal;

/// <summary>Options whose values are mail addresses; what is none is wrong usage.</summary>
internal static class AddressOption
{
    public static Option<string> One(string name, string description, bool required)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "ADDR", Required = required };
        option.Validators.Add(RefuseOthers);
        return option;
    }

    public static Option<string[]> Many(string name, string description, bool required)
    {
        var option = new Option<string[]>(name)
        {
            Description = description + " Several: repeat it, or write them behind it.",
            HelpName = "ADDR",
            Required = required,
            AllowMultipleArgumentsPerToken = true,
        };
        option.Validators.Add(RefuseOthers);
        return option;
    }

    private static void RefuseOthers(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => !EmailAddress.TryParse(token.Value, out _)))
            result.AddError($"{result.Option.Name} '{token.Value}' is no address; write local@domain.");
    }
}
