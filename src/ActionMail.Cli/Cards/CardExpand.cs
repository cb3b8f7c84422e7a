using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards.Templating;

namespace ActionMail.Cli.Cards;

/// <summary><c>actionmail card expand TEMPLATE --data FILE</c>: the card that a template and data make.</summary>
internal static class CardExpand
{
    private static readonly Argument<string> File = new("TEMPLATE") { Description = "The template. \"-\" reads standard input." };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data, as JSON. \"-\" reads standard input. A template that brings its own needs none.",
        HelpName = "FILE",
    };

    private static readonly Option<string> At = new("--at")
    {
        Description = "What time utcNow() says it is, such as 2026-03-15T13:00:00Z. Default: now.",
        HelpName = "TIME",
    };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Verb Verb() => new("expand", "Make a card of a template and data.", (parse, _) => Task.FromResult(Run(parse)))
    {
        Arguments = { File },
        Options = { Data, At },
        Examples =
        [
            "actionmail card expand expense.template.json --data expense.json",
            "actionmail card expand - --data expense.json --at 2026-03-15T13:00:00Z < expense.template.json > card.json",
        ],
        NoMeans = "not used",
        Notes = "What the data do not have stays in the card as ${…} and is said on standard error. docs/templating.md has the language.",
    };

    private static Answer Run(ParseResult parse)
    {
        var (templatePath, dataPath) = (parse.GetRequiredValue(File), parse.GetValue(Data));
        if (templatePath == "-" && dataPath == "-")
            return new Answer.BadInput("Standard input cannot be both the template and the data; give one of them as a file.");
        if (!TryReadTime(parse.GetValue(At), out var now))
            return new Answer.BadInput($"--at {parse.GetValue(At)} is no time; write it as 2026-03-15T13:00:00Z.");
        byte[] data = [];
        if (!InputFile.TryReadBytes(templatePath, out var template, out var problem) || (dataPath is not null && !InputFile.TryReadBytes(dataPath, out data, out problem)))
            return new Answer.BadInput(problem);
        return AdaptiveTemplate.Read(template, TemplateLimits.Default) switch
        {
            TemplateReading.Refused(var failure) => Failed(failure),
            TemplateReading.Read(var read) => Print(parse, read.Expand(data, default, now)),
            _ => throw new UnreachableException(),
        };
    }

    private static Answer Print(ParseResult parse, TemplateExpansion expansion)
    {
        switch (expansion)
        {
            case TemplateExpansion.Failed failure:
                return Failed(failure);
            case TemplateExpansion.Expanded(var json, var remarks):
                foreach (var (pointer, message) in remarks)
                    parse.InvocationConfiguration.Error.WriteLine($"{pointer}: {message}");
                using (var card = JsonDocument.Parse(json, new() { MaxDepth = 2 * TemplateLimits.Default.MaxJsonDepth }))
                    parse.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(card, Readable));
                return new Answer.Done();
            default: throw new UnreachableException();
        }
    }

    private static Answer.BadInput Failed(TemplateExpansion.Failed failure) =>
        new($"{(failure.Pointer.Length > 0 ? failure.Pointer + ": " : "")}{failure.Message}. {failure.Remedy}");

    private static bool TryReadTime(string? text, out DateTimeOffset time)
    {
        time = TimeProvider.System.GetUtcNow();
        return text is null || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
