using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>One registration on the screen. Every command that answers with one ends here.</summary>
internal static class ProviderPage
{
    /// <summary>Prints the registration that the platform answered with, or passes its refusal on.</summary>
    public static Answer Print(ParseResult parse, bool json, ApiReply reply)
    {
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<ProviderLine>(out var provider, out var problem))
            return problem;
        if (json)
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, provider);
        return new Answer.Done();
    }

    private static void Print(TextWriter output, ProviderLine provider)
    {
        output.WriteLine($"{provider.Name.Printable} ({provider.Id.Printable})");
        Row(output, "State", $"{provider.State}, revision {provider.Revision}{(provider.EffectiveAt is { } at ? $", effective {at}" : "")}");
        Row(output, "Because", provider.StateReason);
        Row(output, "Senders", string.Join(", ", provider.Senders));
        Row(output, "Targets", string.Join(", ", provider.Targets));
        Row(output, "Scope", provider.Scope);
        Row(output, "Test users", string.Join(", ", provider.TestUsers));
        Row(output, "Organization", provider.Organization);
        Row(output, "Token", provider.TokenProfile);
        foreach (var key in provider.Keys)
            Row(output, "Key", $"{key.Kty} {key.Thumbprint}");
    }

    private static void Row(TextWriter output, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            output.WriteLine($"  {label,-13}{value.Printable}");
    }
}
