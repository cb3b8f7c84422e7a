using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Api;

/// <summary>The header Idempotency-Key, and what came of an earlier request with the same one.</summary>
internal sealed class SubmissionKeys(IDbContextFactory<ActionMailDb> contexts, TimeProvider time)
{
    private const string Header = "Idempotency-Key";

    /// <summary>False where there is one that cannot be read. A structured field's string is in quotation marks (RFC 9651 §3.3.3); many senders leave them out.</summary>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        var values = request.Headers[Header];
        if (values.Count == 0)
            return true;
        var text = values.Count == 1 ? values[0]!.Trim() : "";
        key = text is ['"', .. var inner, '"'] ? inner : text;
        return key.Length is > 0 and <= SubmissionKey.LongestKey && key.All(c => c is > ' ' and <= '~' and not '"' and not '\\');
    }

    public static IResult Malformed() => Problems.Of("idempotency_key_malformed");

    /// <summary>Before anything is read: a repeated request need not be right any more, only the same.</summary>
    public async Task<RegistrationResult?> EarlierAsync(Person person, string key, byte[] hash, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return new SubmissionKey(key, hash, _ => "").Earlier(db, person, time.GetUtcNow());
    }
}
