using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dmarc;

/// <summary>A small DNS of lines such as <c>_dmarc.example.com v=DMARC1; p=none</c>; SERVFAIL as the text makes a name fail, and a name alone exists.</summary>
internal sealed class PublishedDns
{
    private readonly ILookup<DomainName, string> _texts;
    private readonly DnsAnswers _known = new();

    public PublishedDns(params IEnumerable<string> lines) =>
        _texts = lines.Select(line => line.Split(' ', 2)).ToLookup(parts => Name(parts[0]), parts => parts.ElementAtOrDefault(1) ?? "");

    /// <summary>Every question that was asked, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _known.Asked.Select(question => question.ToString())];

    public static DomainName Name(string text) =>
        DomainName.TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is no domain name.");

    /// <summary>Takes the steps of an evaluation until it is done.</summary>
    public TResult Drive<TResult>(Func<DnsAnswers, DnsStep<TResult>> next)
    {
        for (var rounds = 0; rounds < 100; rounds++)
        {
            var step = next(_known);
            if (step is DnsStep<TResult>.Done(var result))
                return result;
            var questions = ((DnsStep<TResult>.Ask)step).Questions;
            Assert.NotEmpty(questions);
            Assert.All(questions, question => Assert.Null(_known[question]));
            foreach (var question in questions)
                _known.Add(question, Answer(question));
        }
        throw new InvalidOperationException("The evaluation does not end.");
    }

    private DnsAnswer Answer(DnsQuestion question)
    {
        var texts = _texts[question.Name].ToList();
        if (texts.Contains("SERVFAIL"))
            return new DnsAnswer.Unavailable("SERVFAIL");
        var records = texts.Where(text => text.Length > 0 && question.Type == DnsRecordType.Txt).Select(text => new DnsRecord.Text(text)).ToList();
        if (records.Count > 0)
            return new DnsAnswer.Found([.. records]);
        return _texts.Any(entry => entry.Key == question.Name || entry.Key.IsSubdomainOf(question.Name)) ? new DnsAnswer.NoRecords() : new DnsAnswer.NoSuchName();
    }
}
