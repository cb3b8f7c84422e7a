using System.Collections.Immutable;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Onboarding;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Pages;

/// <summary>
/// Everything that an approver needs about one revision, and the decision. The form names the revision and its hash: what changes in between is shown, and nothing is
/// decided. Security J-02, J-11.
/// </summary>
internal sealed class ReviewModel(
    ApprovalRequests requests, DecideRegistration decide, SimilarNames names, VerificationMails verification, Sessions sessions, IOptions<CardLimits> cards) : DashboardPage
{
    private const int MostVerificationMails = 5;

    internal ApprovalRequest Asked { get; private set; } = null!;
    internal CardCheck? SampleCard { get; private set; }
    internal ImmutableArray<VerificationView> Verification { get; private set; } = [];
    internal ImmutableArray<NamedProvider> Alike { get; private set; } = [];

    /// <summary>Why the reader cannot decide, in a sentence; null where they can.</summary>
    internal string? Hindrance { get; private set; }

    /// <summary>Whether the reader must prove once more who they are before they approve.</summary>
    internal bool MustProve { get; private set; }

    /// <summary>What a decision did not do, and why.</summary>
    internal string? Trouble { get; private set; }

    /// <summary>In what the revision that waits now differs from the one that was read, where that is another.</summary>
    internal ImmutableArray<ContentDifference> Since { get; private set; } = [];

    /// <summary>What was typed, kept where it was not taken.</summary>
    internal string Reason { get; private set; } = "";

    internal string Typed { get; private set; } = "";

    /// <summary>What is wrong with the reason, or with the typed name.</summary>
    internal string? ReasonFault { get; private set; }

    internal string? TypedFault { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, int revision, CancellationToken cancel) => await ShowAsync(id, revision, cancel);

    public Task<IActionResult> OnPostApproveAsync(string id, int revision, string? contentHash, string? typed, CancellationToken cancel) =>
        DecideAsync(id, revision, contentHash, approves: true, "", typed ?? "", cancel);

    public Task<IActionResult> OnPostRejectAsync(string id, int revision, string? contentHash, string? reason, CancellationToken cancel) =>
        DecideAsync(id, revision, contentHash, approves: false, reason ?? "", "", cancel);

    private async Task<IActionResult> DecideAsync(string id, int revision, string? contentHash, bool approves, string reason, string typed, CancellationToken cancel)
    {
        if (contentHash is not { Length: 64 } hash || !hash.All(char.IsAsciiHexDigit))
            return BadRequest();
        (Reason, Typed) = (reason, typed);
        var decision = new Decision(revision, Convert.FromHexString(hash), approves, reason, await sessions.AuthenticatedAtAsync(User, cancel), typed);
        return await decide.DecideAsync(Actor, id, decision, cancel) switch
        {
            RegistrationResult.Done => LocalRedirect($"/providers/{id}/review/{revision}"),
            RegistrationResult.Conflict("reason_missing", var words) => await RefuseFieldAsync(id, revision, () => ReasonFault = words, cancel),
            RegistrationResult.Conflict("confirmation_missing", var words) => await RefuseFieldAsync(id, revision, () => TypedFault = words, cancel),
            RegistrationResult.Conflict(_, var words) => await RefuseAsync(id, revision, words, StatusCodes.Status409Conflict, cancel),
            RegistrationResult.Forbidden(_, var words) => await RefuseAsync(id, revision, words, StatusCodes.Status403Forbidden, cancel),
            _ => NotFound(),
        };
    }

    private async Task<IActionResult> RefuseFieldAsync(string id, int revision, Action tell, CancellationToken cancel)
    {
        tell();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(id, revision, cancel);
    }

    private async Task<IActionResult> RefuseAsync(string id, int revision, string words, int status, CancellationToken cancel)
    {
        (Trouble, Response.StatusCode) = (words, status);
        return await ShowAsync(id, revision, cancel);
    }

    private async Task<IActionResult> ShowAsync(string id, int revision, CancellationToken cancel)
    {
        if (await requests.FindAsync(Actor, id, revision, cancel) is not { } asked)
            return NotFound();
        BelongsTo(asked.View);
        Asked = asked;
        SampleCard = asked.Content.Scenario?.SampleCard is { } card ? CardCheck.Of(card, cards.Value) : null;
        Verification = asked.IsGlobal
            ? [.. (await verification.OfAsync(asked.Row.OrganizationId, id, cancel)).Take(MostVerificationMails).Select(row => VerificationView.Of(row, cards.Value))]
            : [];
        Hindrance = HindranceOf(asked);
        MustProve = asked is { IsGlobal: true, Waits: true } && Hindrance is null && !await sessions.IsFreshAsync(User, cancel);
        Since = asked.View.Waiting is { } waiting && waiting.Number != asked.Revision.Number
            ? ContentDifference.Between(asked.Content, RegisteredContent.FromJson(waiting.Content))
            : [];
        // Other organizations' names are the reviewers' to compare, and nobody else's. Security J-10.
        Alike = Reader.IsReviewer ? await names.ToAsync(asked.Row.Id, asked.Content.Name, cancel) : [];
        return Page();
    }

    private string? HindranceOf(ApprovalRequest asked) =>
        RegistrationRules.May(Actor, RegistrationAct.Decide, new(asked.Row, asked.View.Owners, asked.Revision.SubmitterId, asked.Content.Scope)) switch
        {
            Permission.Granted => null,
            Permission.Denied(_, var words) => words,
            _ => "This is decided by others.",
        };
}
