using System.Diagnostics.CodeAnalysis;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards;

namespace ActionMail.Cli.Cards;

/// <summary>A card in a file: its text, its language, and what a reader without cards is told.</summary>
internal sealed record CardFile(string Json, Card Card)
{
    public CardKind Kind => Card.Kind;

    public string Summary => Card.Summary;

    /// <summary>Reads a card that the platform would show, as strictly as it will be read there.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out CardFile? card, out string problem)
    {
        card = null;
        if (!InputFile.TryReadText(path, out var json, out problem))
            return false;
        switch (Card.Read(json, CardLimits.Default))
        {
            case CardReading.Read(var read):
                card = new(json, read);
                return true;
            case CardReading.Malformed(var pointer, var message):
                problem = $"The card in {path} cannot be shown: {(pointer.Length > 0 ? pointer + ": " : "")}{message}. Mend it there.";
                return false;
            case CardReading.TooLarge(var message):
                problem = $"The card in {path} is too large: {message}. Make it smaller.";
                return false;
            case CardReading.Unsupported(var message):
                problem = $"The card in {path} cannot be shown: {message}. Write one of these.";
                return false;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }
}
