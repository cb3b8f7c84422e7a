using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>Asks once more before a registration is withdrawn, suspended, resumed or revoked, or a draft is thrown away; each is done by the button here alone.</summary>
internal sealed class ChangeModel(RegistrationQueries registrations, ChangeRegistrationState states, Drafts drafts) : DashboardPage
{
    public const int LongestReason = 1_000;

    internal ChangeWords Words { get; private set; } = null!;
    internal string Id { get; private set; } = "";
    internal string Name { get; private set; } = "";
    internal string Reason { get; private set; } = "";
    internal string? Trouble { get; private set; }

    /// <summary>Why the reason will not do.</summary>
    internal string? ReasonFault { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, string act, CancellationToken cancel) => await FindAsync(id, act, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string act, string? reason, CancellationToken cancel)
    {
        if (!await FindAsync(id, act, cancel))
            return NotFound();
        Reason = (reason ?? "").Trim();
        if (Reason.Length > LongestReason)
            return RefuseReason($"The reason has {Reason.Length} characters; at most {LongestReason} are taken.");
        if (act == ChangeWords.Discard)
            return await drafts.DiscardAsync(Reader, id, cancel) ? LocalRedirect("/providers") : NotFound();
        return await DoAsync(id, act, cancel) switch
        {
            RegistrationResult.Done => LocalRedirect($"/providers/{id}"),
            RegistrationResult.Conflict("reason_missing", var words) => RefuseReason(words),
            RegistrationResult.Conflict(_, var words) => Refuse(words, StatusCodes.Status409Conflict),
            RegistrationResult.Forbidden(_, var words) => Refuse(words, StatusCodes.Status403Forbidden),
            _ => NotFound(),
        };
    }

    private Task<RegistrationResult> DoAsync(string id, string act, CancellationToken cancel) => act switch
    {
        "withdraw" => states.WithdrawAsync(Actor, id, cancel),
        "suspend" => states.SuspendAsync(Actor, id, Reason, cancel),
        "resume" => states.ResumeAsync(Actor, id, Reason, cancel),
        "revoke" => states.RevokeAsync(Actor, id, Reason, cancel),
        _ => Task.FromResult<RegistrationResult>(new RegistrationResult.NotFound()),
    };

    private async Task<bool> FindAsync(string id, string act, CancellationToken cancel)
    {
        if (ChangeWords.Find(act) is not { } words)
            return false;
        (Id, Words) = (id, words);
        if (act == ChangeWords.Discard)
        {
            var draft = await drafts.FindAsync(Reader, id, cancel);
            Name = draft is null ? "" : DraftLine.Of(draft, isNew: true).Title;
            return draft is not null;
        }
        var view = await registrations.FindAsync(Actor, id, cancel);
        if (view is null)
            return false;
        BelongsTo(view);
        Name = view.Row.Title;
        return true;
    }

    private IActionResult RefuseReason(string words)
    {
        (ReasonFault, Response.StatusCode) = (words, StatusCodes.Status422UnprocessableEntity);
        return Page();
    }

    private IActionResult Refuse(string words, int status)
    {
        (Trouble, Response.StatusCode) = (words, status);
        return Page();
    }
}

/// <summary>Whether a change is asked for a reason, and whether it can be done without.</summary>
internal enum ReasonNeed
{
    None,
    Optional,
    Required,
}

/// <summary>What a change is called, and what it will do.</summary>
internal sealed record ChangeWords(string Act, string Question, string Consequence, string Button, bool IsGrave, ReasonNeed Reason)
{
    public const string Discard = "discard";

    public bool AsksReason => Reason != ReasonNeed.None;

    public bool NeedsReason => Reason == ReasonNeed.Required;

    private static readonly ChangeWords[] All =
    [
        new("withdraw", "Withdraw the request?", "Nobody has to decide about it any more. What runs already, if anything does, keeps running.", "Withdraw", IsGrave: false, ReasonNeed.None),
        new("suspend", "Suspend the provider?", "Its cards stop within a second, those that are in mailboxes already too. It can be resumed.", "Suspend", IsGrave: true, ReasonNeed.Required),
        new("resume", "Resume the provider?", "Its cards work again within a second.", "Resume", IsGrave: false, ReasonNeed.Optional),
        new("revoke", "Revoke the provider?", "Its cards stop within a second and never work again. The originator id is not given to anybody else, and this cannot be undone.", "Revoke for good", IsGrave: true, ReasonNeed.Required),
        new(Discard, "Discard the draft?", "What was typed is thrown away. What was submitted before is not touched.", "Discard", IsGrave: true, ReasonNeed.None),
    ];

    public static ChangeWords? Find(string act) => Array.Find(All, words => string.Equals(words.Act, act, StringComparison.Ordinal));
}
