using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dns;

/// <summary>Runs an evaluation to its end on a zone, as a shell would with a resolver.</summary>
internal static class Drive
{
    public static TResult ToTheEnd<TResult>(Func<DnsAnswers, DnsStep<TResult>> evaluate, Zone zone) => ToTheEnd(evaluate, zone, out _, out _);

    public static TResult ToTheEnd<TResult>(Func<DnsAnswers, DnsStep<TResult>> evaluate, Zone zone, out DnsAnswers known, out int rounds)
    {
        known = new();
        for (rounds = 0; ; rounds++)
        {
            switch (evaluate(known))
            {
                case DnsStep<TResult>.Done(var result): return result;
                case DnsStep<TResult>.Ask(var questions):
                    Assert.NotEmpty(questions);
                    foreach (var question in questions)
                    {
                        Assert.Null(known[question]);
                        known.Add(question, zone.Answer(question));
                    }
                    break;
            }
        }
    }
}
