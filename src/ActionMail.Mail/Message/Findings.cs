namespace ActionMail.Mail.Message;

/// <summary>Collects the faults of one mail, in the order of <see cref="MessageFault"/>; a hostile mail gets a short list too.</summary>
internal sealed class Findings
{
    private const int Enough = 20;

    private readonly List<MessageFinding> _found = [];

    public void Add(MessageFault fault, string detail)
    {
        var finding = new MessageFinding(fault, detail);
        if (_found.Count(other => other.Fault == fault) < Enough && !_found.Contains(finding))
            _found.Add(finding);
    }

    public void Malformed(string detail) => Add(MessageFault.MessageMalformed, detail);

    public void Ambiguous(string detail) => Add(MessageFault.MessageAmbiguous, detail);

    public IReadOnlyList<MessageFinding> InOrder() =>
        _found.Count == 0 ? [] : [.. _found.OrderBy(finding => finding.Fault)];
}
