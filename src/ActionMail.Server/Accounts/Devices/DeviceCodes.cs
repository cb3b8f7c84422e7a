using System.Security.Cryptography;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts.Devices;

/// <summary>The codes of a device that wants to be signed in. RFC 8628 §3.2.</summary>
internal sealed record DeviceCode(string Secret, string UserCode);

/// <summary>A device that asks, as the person sees it who is to say yes.</summary>
internal sealed record WaitingDevice(string Name, string AskedFrom);

/// <summary>What a device hears that asks for its token. RFC 8628 §3.5.</summary>
internal abstract record DeviceAnswer
{
    private DeviceAnswer() { }

    public sealed record Token(string Value) : DeviceAnswer;

    /// <summary>With the error code of the RFC.</summary>
    public sealed record Refused(string Error) : DeviceAnswer;
}

/// <summary>
/// Sign-in for programs without a browser: the device shows a short code, a signed-in person types it on a page, sees what asks and from where, and says yes or no; the
/// device, which asks again and again, gets its token once.
/// </summary>
internal sealed class DeviceCodes(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    public const int PauseSeconds = 5;

    // RFC 8628 §6.1: no vowels, so no words; nothing that is taken for a digit.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";
    private const int MostWaitingFromOnePlace = 20;

    // It is nobody's until somebody says that it is theirs.
    private static readonly Guid Nobody = Guid.Empty;

    /// <summary>Null where too many wait already that asked from the same place.</summary>
    public async Task<DeviceCode?> BeginAsync(string name, string from, CancellationToken cancel)
    {
        var (code, now) = (new DeviceCode(SecretToken.New(), NewUserCode()), time.GetUtcNow());
        return await writer.WriteAsync(db =>
        {
            db.DeviceCodes.Where(row => row.ExpiresAt < now).ExecuteDelete();
            if (db.DeviceCodes.Count(row => row.OrganizationId == Nobody && row.AskedFrom == from && row.State == DeviceCodeState.Pending) >= MostWaitingFromOnePlace)
                return null;
            db.DeviceCodes.Add(new()
            {
                OrganizationId = Nobody,
                DeviceCodeHash = SecretToken.HashOf(code.Secret),
                UserCodeHash = SecretToken.HashOf(Plain(code.UserCode)),
                Name = name,
                AskedFrom = from,
                ExpiresAt = now + Life,
                State = DeviceCodeState.Pending,
                NextPollAt = now,
                PauseSeconds = PauseSeconds,
            });
            db.SaveChanges();
            return code;
        }, cancel);
    }

    public async Task<WaitingDevice?> FindAsync(string userCode, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return Waiting(db.DeviceCodes.AsNoTracking(), userCode) is { } row ? new(row.Name, row.AskedFrom) : null;
    }

    /// <summary>The person's word about a device that waits; false where none does any more.</summary>
    public Task<bool> DecideAsync(Person person, string userCode, bool isAllowed, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        if (Waiting(db.DeviceCodes, userCode) is not { } row)
            return false;
        (row.State, row.PersonOrganizationId, row.PersonId) = (isAllowed ? DeviceCodeState.Approved : DeviceCodeState.Denied, person.OrganizationId, person.Id);
        db.SaveChanges();
        return true;
    }, cancel);

    public Task<DeviceAnswer> RedeemAsync(string secret, string from, CancellationToken cancel)
    {
        var hash = SecretToken.HashOf(secret);
        return writer.WriteAsync(db =>
        {
            var answer = db.DeviceCodes.Find(Nobody, hash) is { } row ? Redeem(db, row, from) : new DeviceAnswer.Refused("invalid_grant");
            db.SaveChanges();
            return answer;
        }, cancel);
    }

    private DeviceAnswer Redeem(ActionMailDb db, DeviceCodeRow row, string from)
    {
        var now = time.GetUtcNow();
        if (row.ExpiresAt <= now)
            return new DeviceAnswer.Refused("expired_token");
        if (row.State == DeviceCodeState.Redeemed)
            return new DeviceAnswer.Refused("invalid_grant");
        if (now < row.NextPollAt)
        {
            row.PauseSeconds += PauseSeconds;
            row.NextPollAt = now.AddSeconds(row.PauseSeconds);
            return new DeviceAnswer.Refused("slow_down");
        }
        row.NextPollAt = now.AddSeconds(row.PauseSeconds);
        return row.State switch
        {
            DeviceCodeState.Pending => new DeviceAnswer.Refused("authorization_pending"),
            DeviceCodeState.Denied => new DeviceAnswer.Refused("access_denied"),
            DeviceCodeState.Approved => Issue(db, row, from, now),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private DeviceAnswer Issue(ActionMailDb db, DeviceCodeRow row, string from, DateTimeOffset now)
    {
        row.State = DeviceCodeState.Redeemed;
        return addresses.Find(row.PersonOrganizationId!.Value, row.PersonId!.Value) is { } person
            ? new DeviceAnswer.Token(AccessTokens.Issue(db, person, row.Name, from, now))
            : new DeviceAnswer.Refused("access_denied");
    }

    private DeviceCodeRow? Waiting(IQueryable<DeviceCodeRow> codes, string userCode)
    {
        var (hash, now) = (SecretToken.HashOf(Plain(userCode)), time.GetUtcNow());
        return codes.FirstOrDefault(row => row.OrganizationId == Nobody && row.UserCodeHash == hash && row.State == DeviceCodeState.Pending && row.ExpiresAt > now);
    }

    private static string NewUserCode()
    {
        var letters = RandomNumberGenerator.GetString(Letters, 8);
        return $"{letters[..4]}-{letters[4..]}";
    }

    // However it is typed.
    private static string Plain(string userCode) => string.Concat(userCode.ToUpperInvariant().Where(letter => Letters.Contains(letter, StringComparison.Ordinal)));
}
