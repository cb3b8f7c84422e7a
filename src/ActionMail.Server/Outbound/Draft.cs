using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Server.Outbound;

/// <summary>An answer as it was typed. The id is the form's: however often the form is sent, it is one mail.</summary>
internal sealed record Draft(Guid Id, AnswerKind Kind, string To, string Cc, string Subject, string Text)
{
    public const int MaxTextLength = 100_000;
}

/// <summary>Which part of a form a fault is about; <see cref="Mail"/> is the whole.</summary>
internal enum DraftField
{
    To,
    Cc,
    Subject,
    Text,
    Mail,
}

/// <summary>What is wrong with a part of a draft, in words for who wrote it.</summary>
internal sealed record DraftFault(DraftField Field, string Words);

/// <summary>
/// A draft read: the recipients of To and Cc, each once, and what is wrong. Nothing of it can become a header line or a command of its own, for an address has one
/// form without spaces, quotes and line ends, and a subject is one line. Security J-13.
/// </summary>
internal sealed record DraftReading(ImmutableArray<EmailAddress> To, ImmutableArray<EmailAddress> Cc, ImmutableArray<DraftFault> Faults)
{
    public IEnumerable<EmailAddress> Recipients => To.Concat(Cc).Distinct();

    public static DraftReading Of(Draft draft, int maxRecipients)
    {
        var faults = ImmutableArray.CreateBuilder<DraftFault>();
        var to = RecipientsIn(draft.To, DraftField.To, faults);
        var cc = RecipientsIn(draft.Cc, DraftField.Cc, faults);
        if (to.IsEmpty && faults.Count == 0)
            faults.Add(new(DraftField.To, "Give at least one address."));
        if (to.Concat(cc).Distinct().Count() > maxRecipients)
            faults.Add(new(DraftField.To, $"At most {maxRecipients} recipients."));
        if (draft.Subject.Any(char.IsControl))
            faults.Add(new(DraftField.Subject, "The subject is one line, without control characters."));
        if (draft.Subject.Length > AnswerSubject.MaxLength)
            faults.Add(new(DraftField.Subject, $"At most {AnswerSubject.MaxLength} characters."));
        if (draft.Text.Length > Draft.MaxTextLength)
            faults.Add(new(DraftField.Text, $"At most {Draft.MaxTextLength} characters."));
        return new(to, cc, faults.ToImmutable());
    }

    private static ImmutableArray<EmailAddress> RecipientsIn(string text, DraftField field, ImmutableArray<DraftFault>.Builder faults)
    {
        if (text.Any(char.IsControl))
        {
            faults.Add(new(field, "Addresses are written on one line, with commas between them."));
            return [];
        }
        var addresses = ImmutableArray.CreateBuilder<EmailAddress>();
        foreach (var entry in text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (EmailAddress.TryParse(AddressIn(entry), out var address))
                addresses.Add(address);
            else
                faults.Add(new(field, $"“{Shown(entry)}” is not an e-mail address."));
        }
        return [.. addresses.Distinct()];
    }

    // People paste "Adele Vance <adele@contoso.test>"; the name is not taken over.
    private static string AddressIn(string entry) => entry is [.., '>'] && entry.IndexOf('<', StringComparison.Ordinal) is >= 0 and var open ? entry[(open + 1)..^1] : entry;

    private static string Shown(string entry) => entry.Length <= 60 ? entry : entry[..60] + "…";
}
