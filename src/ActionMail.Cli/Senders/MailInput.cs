using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Senders;

/// <summary>The mails that a check is asked about, and the time that it takes for now.</summary>
internal static class MailInput
{
    public static Argument<string[]> Files { get; } = new("FILE.eml")
    {
        Description = "The mail as it was received; several give a result each. \"-\" reads standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<DateTimeOffset?> At { get; } = new("--at")
    {
        Description = "When it arrived, as in 2026-01-31T09:00:00Z. Now when left out.",
        HelpName = "TIME",
        CustomParser = ReadTime,
    };

    /// <summary>What the notes of each such command say about it.</summary>
    public const string Notes = "A file without a single CRLF is taken for a mail that was stored with LF, and read with CRLF, as it was on the wire.";

    public static DateTimeOffset Now(ParseResult parse) => parse.GetValue(At) ?? TimeProvider.System.GetUtcNow();

    /// <summary>Reads all of them before anything is printed. On false, <paramref name="problem"/> says which file to mend.</summary>
    public static bool TryReadAll(ParseResult parse, out List<byte[]> mails, out string problem)
    {
        (mails, problem) = ([], "");
        foreach (var path in parse.GetRequiredValue(Files))
        {
            if (!TryRead(path, out var mail, out problem))
                return false;
            mails.Add(mail);
        }
        return true;
    }

    public static bool TryRead(string path, out byte[] mail, out string problem)
    {
        var read = InputFile.TryReadBytes(path, out mail, out problem);
        if (read && mail.AsSpan().IndexOf("\r\n"u8) < 0)
            mail = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(mail).Replace("\n", "\r\n", StringComparison.Ordinal));
        return read;
    }

    private static DateTimeOffset? ReadTime(ArgumentResult given)
    {
        var text = given.Tokens is [var only] ? only.Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        given.AddError($"--at '{text}' is no time; write it as in 2026-01-31T09:00:00Z.");
        return null;
    }
}
