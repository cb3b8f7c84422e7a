using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Signing;

/// <summary>What a signed card is held against.</summary>
/// <param name="From">The mail's From address.</param>
/// <param name="Recipient">The owner of the mailbox that received it.</param>
/// <param name="ArrivedAt">When the mail arrived.</param>
/// <param name="FindProvider">The registration with an originator id in lower case, or null.</param>
public sealed record SignedCardContext(EmailAddress From, Recipient Recipient, DateTimeOffset ArrivedAt, Func<string, ProviderRegistration?> FindProvider);

/// <summary>What verifying a signed card came to.</summary>
public abstract record SignedCardResult(ImmutableArray<Check> Checks)
{
    /// <summary>The signature, by <paramref name="Key"/>, and every claim hold; <paramref name="CardJson"/> is the card's text.</summary>
    public sealed record Verified(ProviderRegistration Provider, PublicKey Key, string CardJson, ImmutableArray<Check> Checks) : SignedCardResult(Checks);

    /// <summary>A step failed: the last of the checks, whose evidence begins with the step's name.</summary>
    public sealed record Failed(ImmutableArray<Check> Checks) : SignedCardResult(Checks)
    {
        /// <summary>The provider that the card names, where it is registered; proven by nothing.</summary>
        public ProviderRegistration? Claimed { get; init; }
    }
}

/// <summary>
/// Verification of a signed card, protocol §3, in the order of its steps: three parts, base64url, header JSON, algorithm; the originator, whose keys
/// alone are tried; the signature; then the claims, which are believed only now. The first failure ends it and names its step.
/// </summary>
public static class SignedCardVerification
{
    private static readonly TimeSpan OldestIssue = TimeSpan.FromDays(7);
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromMinutes(5);

    /// <summary>Verifies a compact JWS as a card of the given kind.</summary>
    public static SignedCardResult Verify(string jws, CardKind kind, SignedCardContext context, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(jws);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(limits);
        var record = new CheckList();
        switch (CompactJws.Parse(jws))
        {
            case JwsReading.Malformed(var step): return record.Fail(Reason.SignedBadSignature, step);
            case JwsReading.Refused(var step): return record.Fail(Reason.SignedInvalidAlg, step);
            case JwsReading.Read(var read):
                record.Pass(Reason.SignedInvalidAlg, $"three parts, base64url, header JSON; the algorithm is {read.Algorithm}");
                return VerifyParsed(read, kind, context, limits, record);
            default: throw new UnreachableException();
        }
    }

    private static SignedCardResult VerifyParsed(CompactJws jws, CardKind kind, SignedCardContext context, CardLimits limits, CheckList record)
    {
        if (StrictJson.Read(jws.Payload, limits.MaxJsonDepth) is not JsonReading.Read({ ValueKind: JsonValueKind.Object } claims))
            return record.Fail(Reason.SignedClaimMissing, "claims: the payload is not one strict JSON object");
        if (claims.TextMember(SignedCardClaims.Originator) is not { Length: > 0 } originator)
            return record.Fail(Reason.SignedClaimMissing, "claim missing: originator is not a text");
        if (context.FindProvider(originator.ToLowerInvariant()) is not { } provider)
            return record.Fail(Reason.OriginatorUnknown, $"unknown originator: no provider '{Shortened(originator)}' is registered");
        record.Claimed = provider;
        record.Pass(Reason.OriginatorUnknown, $"the originator is '{provider.Name}'");
        if (provider.Keys.IsEmpty)
            return record.Fail(Reason.SignedBadSignature, "no key for the provider: none is registered");
        if (SigningKeyOf(jws, provider) is not { } key)
            return record.Fail(Reason.SignedBadSignature, $"signature: it is that of none of the provider's {provider.Keys.Length} registered keys");
        record.Pass(Reason.SignedBadSignature, $"signed with the registered {key.KeyType} key {key.Thumbprint}, {key.Bits} bits");
        return VerifyClaims(claims, kind, provider, key, context, record);
    }

    // kid may point at one of the provider's keys; when it points nowhere, each is tried. It never brings a key in.
    private static PublicKey? SigningKeyOf(CompactJws jws, ProviderRegistration provider) =>
        provider.Keys
            .OrderByDescending(key => string.Equals(key.Thumbprint, jws.KeyId, StringComparison.Ordinal))
            .FirstOrDefault(jws.IsSignedBy);

    private static SignedCardResult VerifyClaims(
        JsonElement claims, CardKind kind, ProviderRegistration provider, PublicKey key, SignedCardContext context, CheckList record)
    {
        var cardClaim = kind == CardKind.AdaptiveCard ? SignedCardClaims.AdaptiveCardSerialized : SignedCardClaims.MessageCardSerialized;
        if (claims.TextMember(SignedCardClaims.Sender) is not { } sender)
            return record.Fail(Reason.SignedClaimMissing, "claim missing: sender is not a text");
        if (claims.TextMember(cardClaim) is not { } card)
            return record.Fail(Reason.SignedClaimMissing, $"claim missing: {cardClaim} is not a text");
        if (claims.TextMember(SignedCardClaims.RecipientsSerialized) is not { } recipients || RecipientsOf(recipients) is not { } listed)
            return record.Fail(Reason.SignedClaimMissing, "claim missing: recipientsSerialized is not a JSON array of addresses in a text");
        if (!TryIssuedAt(claims, out var issuedAt))
            return record.Fail(Reason.SignedClaimMissing, "claim missing: iat is not a number of seconds");
        record.Pass(Reason.SignedClaimMissing, $"originator, sender, recipientsSerialized, {cardClaim} and iat are there");

        if (!EmailAddress.TryParse(sender, out var signedSender) || signedSender != context.From)
            return record.Fail(Reason.SignedSenderMismatch, $"sender differs: the claim is '{Shortened(sender)}', From is {context.From}");
        record.Pass(Reason.SignedSenderMismatch, $"the sender claim is From, {context.From}");
        if (!context.Recipient.HasAny(listed))
            return record.Fail(Reason.SignedRecipientMismatch, $"recipient missing: none of the recipient's addresses is among the {listed.Count} signed ones");
        record.Pass(Reason.SignedRecipientMismatch, "the recipient is among the signed ones");
        if (issuedAt > context.ArrivedAt + FurthestAhead || issuedAt < context.ArrivedAt - OldestIssue)
            return record.Fail(Reason.SignedStale, string.Create(CultureInfo.InvariantCulture, $"iat: signed at {issuedAt:u}, arrived at {context.ArrivedAt:u}"));
        record.Pass(Reason.SignedStale, string.Create(CultureInfo.InvariantCulture, $"signed at {issuedAt:u}, arrived at {context.ArrivedAt:u}"));
        return new SignedCardResult.Verified(provider, key, card, record.ToImmutable());
    }

    private static List<EmailAddress>? RecipientsOf(string serialized)
    {
        if (StrictJson.Read(serialized, 2) is not JsonReading.Read({ ValueKind: JsonValueKind.Array } array))
            return null;
        var addresses = new List<EmailAddress>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
                return null;
            if (EmailAddress.TryParse(item.GetString(), out var address))
                addresses.Add(address);
        }
        return addresses;
    }

    private static bool TryIssuedAt(JsonElement claims, out DateTimeOffset issuedAt)
    {
        issuedAt = default;
        if (!claims.TryGetProperty(SignedCardClaims.IssuedAt, out var iat) || iat.ValueKind != JsonValueKind.Number || !iat.TryGetDouble(out var seconds))
            return false;
        if (seconds is < 0 or > 253_402_300_799d)
            return false;
        issuedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000));
        return true;
    }

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private sealed class CheckList
    {
        private readonly ImmutableArray<Check>.Builder _checks = ImmutableArray.CreateBuilder<Check>();

        public ProviderRegistration? Claimed { get; set; }

        public void Pass(Reason code, string evidence) => _checks.Add(new(code, CheckOutcome.Pass, evidence));

        public SignedCardResult.Failed Fail(Reason code, string evidence)
        {
            _checks.Add(new(code, CheckOutcome.Fail, evidence));
            return new(_checks.ToImmutable()) { Claimed = Claimed };
        }

        public ImmutableArray<Check> ToImmutable() => _checks.ToImmutable();
    }
}
