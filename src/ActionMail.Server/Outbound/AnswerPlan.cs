using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;

namespace ActionMail.Server.Outbound;

/// <summary>What an answer begins with, before anything is written: who it is from, where it goes and what it is about. RFC 5322 §3.6.2, §3.6.3.</summary>
internal sealed record AnswerPlan(EmailAddress From, IReadOnlyList<EmailAddress> To, IReadOnlyList<EmailAddress> Cc, string Subject)
{
    /// <summary>Where replies go instead of to the sender, because the mail says so; empty where they go to the sender.</summary>
    public IReadOnlyList<EmailAddress> Diverted { get; private init; } = [];

    public static AnswerPlan For(MailMessage mail, AnswerKind kind, Person author)
    {
        var (to, cc) = (AddressesIn(mail.To), AddressesIn(mail.Cc));
        var from = author.Addresses.FirstOrDefault(own => to.Contains(own) || cc.Contains(own), author.PrimaryAddress);
        if (kind == AnswerKind.Forward)
            return new(from, [], [], AnswerSubject.Of(mail.Subject, "Fwd: ", "Fw:"));

        var sender = AddressesIn(mail.From.Address is { } address ? [address] : []);
        var replyTo = AddressesIn(mail.ReplyTo);
        var asked = replyTo.Count > 0 ? replyTo : sender;
        // Who answers a mail of their own goes on writing to whom it went.
        var direct = asked.All(author.Addresses.Contains) ? to : asked;
        IEnumerable<EmailAddress> others = kind == AnswerKind.ReplyAll ? to : [];
        var first = Others([.. direct, .. others], author);
        return new(from, first, kind == AnswerKind.ReplyAll ? [.. cc.Except(first).Except(author.Addresses)] : [], AnswerSubject.Of(mail.Subject, "Re: "))
        {
            Diverted = replyTo.Except(sender).Any() ? replyTo : [],
        };
    }

    // To oneself only where there is nobody else.
    private static IReadOnlyList<EmailAddress> Others(IEnumerable<EmailAddress> addresses, Person author)
    {
        var all = addresses.Distinct().ToList();
        var others = all.FindAll(address => !author.Addresses.Contains(address));
        return others.Count > 0 ? others : all;
    }

    // What is no plain address is left to the person to type.
    private static IReadOnlyList<EmailAddress> AddressesIn(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => EmailAddress.TryParse(text, out var address) ? [address] : Array.Empty<EmailAddress>())];
}

/// <summary>The subject of an answer: the prefix once, however often it was there. RFC 5322 §3.6.5.</summary>
internal static class AnswerSubject
{
    public const int MaxLength = 250;

    /// <summary>The first prefix is the one that is written; the others mean the same.</summary>
    public static string Of(string subject, params string[] prefixes)
    {
        var rest = subject.Trim();
        while (Array.Find(prefixes, prefix => rest.StartsWith(prefix.TrimEnd(), StringComparison.OrdinalIgnoreCase)) is { } found)
            rest = rest[found.TrimEnd().Length..].TrimStart();
        return Cut(prefixes[0] + rest);
    }

    // Not in the middle of a pair of surrogates.
    private static string Cut(string subject) =>
        subject.Length <= MaxLength ? subject : subject[..(char.IsHighSurrogate(subject[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
}
