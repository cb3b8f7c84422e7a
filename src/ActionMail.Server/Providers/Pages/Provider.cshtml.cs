using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Keys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A registration, to those whom it concerns: where it stands, what to copy from it, and what may be done to it.</summary>
internal sealed class ProviderModel(
    RegistrationQueries registrations, ProviderPageQueries details, ChangeOwners owners, ProvenTargets targets, ProveKey prove, SendTestMessage test) : DashboardPage
{
    internal ProviderView View { get; private set; } = null!;

    /// <summary>What a button did not do, and why.</summary>
    internal string? Trouble { get; private set; }

    /// <summary>The number of the revision that was submitted just now.</summary>
    internal int? Submitted { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, int? submitted, Guid? test, string? history, CancellationToken cancel)
    {
        Submitted = submitted;
        var answer = await ShowAsync(id, test, cancel);
        if (answer is PageResult)
            View = View with { HasWholeHistory = history == "all" };
        return answer;
    }

    public async Task<IActionResult> OnPostAddOwnerAsync(string id, string? address, CancellationToken cancel)
    {
        var result = await owners.AddAsync(Actor, id, address ?? "", cancel);
        if (result is not RegistrationResult.Conflict(_, var words))
            return await AnswerAsync(id, result, cancel);
        Response.StatusCode = StatusCodes.Status409Conflict;
        var answer = await ShowAsync(id, test: null, cancel);
        if (answer is PageResult)
            View = View with { OwnerFault = words, OwnerTyped = address ?? "" };
        return answer;
    }

    public async Task<IActionResult> OnPostRemoveOwnerAsync(string id, string? address, CancellationToken cancel) =>
        await AnswerAsync(id, await owners.RemoveAsync(Actor, id, address ?? "", cancel), cancel);

    public async Task<IActionResult> OnPostProveAsync(string id, string? name, CancellationToken cancel)
    {
        if (await registrations.FindAsync(Actor, id, cancel) is not { } view)
            return NotFound();
        switch (await targets.ProveAsync(Reader, view, name ?? "", Actor.From, cancel))
        {
            case DomainResult.Done:
                return LocalRedirect($"/providers/{id}#names");
            case DomainResult.Refused(_, var words):
                (Trouble, Response.StatusCode) = (words, StatusCodes.Status409Conflict);
                return await ShowAsync(id, test: null, cancel);
            default:
                return NotFound();
        }
    }

    public async Task<IActionResult> OnPostChallengeAsync(string id, string? key, CancellationToken cancel) =>
        await AnswerAsync(id, await prove.ChallengeAsync(Actor, id, key ?? "", cancel), cancel);

    public async Task<IActionResult> OnPostProveKeyAsync(string id, string? key, string? signature, CancellationToken cancel)
    {
        var result = await prove.ProveAsync(Actor, id, key ?? "", signature ?? "", cancel);
        var answer = await AnswerAsync(id, result, cancel);
        if (result is KeyProofResult.Refused("key_proof_refused", var words) && answer is PageResult)
            (View, Trouble) = (View with { SignatureFault = new(key ?? "", words, signature ?? "") }, null);
        return answer;
    }

    public async Task<IActionResult> OnPostTestAsync(string id, CancellationToken cancel) =>
        await registrations.FindAsync(Actor, id, cancel) is { } view
            ? LocalRedirect($"/providers/{id}?test={await test.SendAsync(Reader, view, cancel):D}#test")
            : NotFound();

    private async Task<IActionResult> AnswerAsync(string id, RegistrationResult result, CancellationToken cancel)
    {
        switch (result)
        {
            case RegistrationResult.Done(var row, _):
                // Whoever took themselves out may not see it any more.
                return await registrations.FindAsync(Actor, row.Id, cancel) is null ? LocalRedirect("/providers") : LocalRedirect($"/providers/{id}#owners");
            case RegistrationResult.Conflict(_, var words):
                (Trouble, Response.StatusCode) = (words, StatusCodes.Status409Conflict);
                return await ShowAsync(id, test: null, cancel);
            case RegistrationResult.Forbidden:
                return StatusCode(StatusCodes.Status403Forbidden);
            default:
                return NotFound();
        }
    }

    private async Task<IActionResult> AnswerAsync(string id, KeyProofResult result, CancellationToken cancel)
    {
        switch (result)
        {
            case KeyProofResult.Done:
                return LocalRedirect($"/providers/{id}#keys");
            case KeyProofResult.Refused(var code, var words):
                (Trouble, Response.StatusCode) = (words, ApiCodes.StatusOf(code));
                return await ShowAsync(id, test: null, cancel);
            default:
                return NotFound();
        }
    }

    private async Task<IActionResult> ShowAsync(string id, Guid? test, CancellationToken cancel)
    {
        if (await registrations.FindAsync(Actor, id, cancel) is not { } view)
            return NotFound();
        BelongsTo(view);
        View = await details.OfAsync(Actor, view, test, cancel);
        return Page();
    }
}
