using System.CommandLine;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Dkim;

namespace ActionMail.Cli.Senders;

/// <summary><c>actionmail mail sign --dkim FILE.eml</c>: the mail with a signature on top, or the key record to publish.</summary>
internal static class MailSign
{
    private static readonly Argument<string?> File = new("FILE.eml")
    {
        Description = "The mail to sign. \"-\" reads standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Dkim = new("--dkim") { Description = "Sign with DKIM (RFC 6376): relaxed/relaxed.", Required = true };
    private static readonly Option<string> Key = new("--key") { Description = "The private key: PEM, RSA or Ed25519.", HelpName = "FILE", Required = true };
    private static readonly Option<string> Domain = new("--domain") { Description = "The signing domain.", HelpName = "NAME", Required = true };
    private static readonly Option<string> Selector = new("--selector") { Description = "Which key of the domain it is.", HelpName = "NAME", Required = true };

    private static readonly Option<string?> Headers = new("--headers")
    {
        Description = "The fields to sign, with colons or commas between them; a name once more than it is there seals it. "
            + "Those that RFC 6376 advises when left out, with From, To, Subject and Date sealed.",
        HelpName = "NAMES",
    };

    private static readonly Option<string> BodyLength = new("--body-length")
    {
        Description = "Whether to sign the present length of the body alone (l=), which leaves its end to anybody.",
        HelpName = "yes|no",
        DefaultValueFactory = _ => "no",
    };

    private static readonly Option<bool> Record = new("--record") { Description = "Print the TXT record to publish, as a line of a zone file, and sign nothing." };

    public static Verb Verb()
    {
        BodyLength.AcceptOnlyFromAmong("yes", "no");
        return new("sign", "Sign a mail with DKIM and print it.", RunAsync)
        {
            Arguments = { File },
            Options = { Dkim, Key, Domain, Selector, Headers, BodyLength, MailInput.At, Record },
            Examples =
            [
                "actionmail mail sign --dkim --key contoso.pem --domain contoso.test --selector s1 mail.eml > signed.eml",
                "actionmail mail sign --dkim --key contoso.pem --domain contoso.test --selector s1 --record >> contoso.zone",
            ],
            NoMeans = "not used",
            Notes = MailInput.Notes,
        };
    }

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!TryReadKey(parse.GetRequiredValue(Key), out var key, out var problem))
            return new Answer.BadInput(problem);
        using (key)
        {
            if (parse.GetValue(Record))
                return PrintRecord(parse, key);
            if (parse.GetValue(File) is not { } path)
                return new Answer.BadInput("There is no mail to sign; name a file, or print the key record with --record.");
            if (!MailInput.TryRead(path, out var mail, out problem))
                return new Answer.BadInput(problem);
            switch (DkimSigner.Sign(mail, SigningOf(parse), key))
            {
                case DkimSigningResult.Refused(var why): return new Answer.BadInput($"No verifier would take the signature: {why}. Mend the options or the mail.");
                case DkimSigningResult.Signed(var field): await PrintAsync(field, mail, cancel); return new Answer.Done();
                default: throw new UnreachableException();
            }
        }
    }

    private static bool TryReadKey(string path, [NotNullWhen(true)] out DkimSigningKey? key, out string problem)
    {
        key = null;
        if (!InputFile.TryReadText(path, out var pem, out problem))
            return false;
        if (!DkimSigningKey.TryReadPem(pem, out key, out var why))
            problem = $"{path} cannot sign. {why} Make a key with: actionmail key new --out FILE";
        return key is not null;
    }

    private static DkimSigning SigningOf(ParseResult parse) => new()
    {
        Domain = parse.GetRequiredValue(Domain),
        Selector = parse.GetRequiredValue(Selector),
        SignedAt = MailInput.Now(parse),
        SignedNames = [.. (parse.GetValue(Headers) ?? "").Split([':', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        WithBodyLength = parse.GetValue(BodyLength) == "yes",
    };

    // RFC 1035 §3.3.14: one string has at most 255 characters.
    private static Answer.Done PrintRecord(ParseResult parse, DkimSigningKey key)
    {
        var strings = key.Record.Chunk(250).Select(piece => $"\"{new string(piece)}\"");
        parse.Output.WriteLine($"{parse.GetRequiredValue(Selector)}._domainkey.{parse.GetRequiredValue(Domain)} TXT {string.Join(' ', strings)}");
        return new();
    }

    // The bytes themselves: a text writer would give the letters of another encoding.
    private static async Task PrintAsync(ReadOnlyMemory<byte> field, byte[] mail, CancellationToken cancel)
    {
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(field, cancel);
        await output.WriteAsync(mail, cancel);
    }
}
