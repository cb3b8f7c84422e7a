using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>
/// <c>actionmail provider withdraw|suspend|resume|revoke ID</c>: what takes a request back, and what takes a registration out of force and back. The operator has two of them
/// too.
/// </summary>
internal sealed class ProviderMoves
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; its owners and the audit log read it.", HelpName = "TEXT", Required = true };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    private static readonly ProviderMoves[] Table =
    [
        new("withdraw", "Take back the revision that waits for a decision.", "there is none of yours, or none waits"),
        new("suspend", "Take a registration out of force: its cards stop acting at once.", "there is no such registration, or it is not in force")
        {
            NeedsReason = true,
            AsOperator = (api, id, reason, cancel) => api.SuspendAsync(id, reason, cancel),
        },
        new("resume", "Put a suspended registration back in force.", "there is no such registration, it is not suspended, or was suspended by somebody further up")
        {
            AsOperator = (api, id, _, cancel) => api.ResumeAsync(id, cancel),
        },
        new("revoke", "Take a registration out of force for good: its id is not used again.", "there is no such registration, it is not in force, or you said no") { NeedsReason = true, IsForGood = true },
    ];

    private readonly string _name;
    private readonly string _description;
    private readonly string _noMeans;

    private ProviderMoves(string name, string description, string noMeans) => (_name, _description, _noMeans) = (name, description, noMeans);

    private bool NeedsReason { get; init; }
    private bool IsForGood { get; init; }

    /// <summary>How the operator does it; null for what the operator's API has not.</summary>
    private Func<OperatorApi, string, string, CancellationToken, Task<ApiReply>>? AsOperator { get; init; }

    /// <summary>Adds a verb for each to the group.</summary>
    public static void AddTo(Command group)
    {
        foreach (var move in Table)
            group.Subcommands.Add(move.ToVerb());
    }

    private Verb ToVerb()
    {
        var verb = new Verb(_name, _description, RunAsync)
        {
            Arguments = { Id },
            Examples = [$"actionmail provider {_name} 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913{(NeedsReason ? " --reason \"key leaked\"" : "")}{(IsForGood ? " --yes" : "")}"],
            NoMeans = _noMeans,
            Notes = AsOperator is null ? PlatformAddress.PersonalNotes : PlatformAddress.EitherNotes,
        };
        if (NeedsReason)
            verb.Options.Add(Reason);
        if (IsForGood)
            verb.Options.Add(Yes);
        if (AsOperator is not null)
            verb.Options.Add(AskedAs.Operator);
        verb.Options.Add(Json);
        return verb;
    }

    private async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var (id, reason) = (parse.GetRequiredValue(Id), NeedsReason ? parse.GetRequiredValue(Reason) : "");
        if (NeedsReason && string.IsNullOrWhiteSpace(reason))
            return new Answer.BadInput("--reason is empty; say why, for those who ask later.");
        if (IsForGood && !parse.GetValue(Yes) && Question.Ask(parse, $"Revoke {id} for good?") is { } unanswered)
            return unanswered;
        return AsOperator is { } asOperator
            ? await AskedAs.PrintAsync(parse, Json, api => asOperator(api, id, reason, cancel), api => api.ActAsync(id, _name, new { reason }, cancel))
            : RegistrationPage.Print(parse, parse.GetValue(Json), await PersonalPlatform.AskAsync(api => api.ActAsync(id, _name, new { reason }, cancel)));
    }
}
