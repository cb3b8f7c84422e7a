using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>
/// The DNS for one message: asks what the evaluations want to know, all that they want at once together, and keeps every answer, so that SPF, DKIM and
/// DMARC see one DNS. What goes beyond the budget is no answer, which is never a verdict. One evaluation after the other, not two at a time.
/// </summary>
internal sealed class DnsInquiry(IDnsLookup dns, DnsBudget budget, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(budget.Deadline, time);
    private int _asked;

    /// <summary>What was asked so far, and what came of it: the evidence.</summary>
    public DnsAnswers Known { get; } = new();

    public async Task<TResult> DecideAsync<TResult>(Func<DnsAnswers, DnsStep<TResult>> evaluate, CancellationToken cancel)
    {
        while (true)
        {
            switch (evaluate(Known))
            {
                case DnsStep<TResult>.Done(var result): return result;
                case DnsStep<TResult>.Ask(var questions): await AskAsync([.. questions.Distinct().Where(question => Known[question] is null)], cancel); break;
                default: throw new UnreachableException();
            }
        }
    }

    public void Dispose() => _deadline.Dispose();

    private async Task AskAsync(ImmutableArray<DnsQuestion> questions, CancellationToken cancel)
    {
        if (questions.IsEmpty)
            throw new UnreachableException("An evaluation asks for nothing that it does not know.");
        var answers = await Task.WhenAll(questions.Select(question => AskWithinBudgetAsync(question, cancel)));
        foreach (var (question, answer) in questions.Zip(answers))
            Known.Add(question, answer);
    }

    private async Task<DnsAnswer> AskWithinBudgetAsync(DnsQuestion question, CancellationToken cancel)
    {
        if (_asked++ >= budget.MaxQuestions)
            return new DnsAnswer.Unavailable($"more than {budget.MaxQuestions} questions for one message");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, cancel);
        try
        {
            return await dns.AskAsync(question, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new DnsAnswer.Unavailable($"no answer within the {budget.Deadline.TotalSeconds:0.#} seconds of one message");
        }
    }
}
