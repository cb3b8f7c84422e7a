using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActionMail.Cli.Terminal;

/// <summary>The argument that names a registration or a draft, in the one form that the platform writes. What is no GUID is wrong usage, and nobody is asked for it.</summary>
internal static class ProviderIdArgument
{
    public static Argument<string> Of(string description) => new("ID") { Description = description, CustomParser = Read };

    private static string? Read(ArgumentResult result)
    {
        if (result.Tokens is not [var token])
            return null;
        if (Guid.TryParse(token.Value, out var id))
            return id.ToString("D");
        result.AddError($"'{token.Value}' is no provider id; write the GUID, as 'actionmail provider list' prints it.");
        return null;
    }
}
