namespace ActionMail.Server.Operations;

/// <summary>The codes of problems over HTTP: which status each has, and what it means. docs/api.md has the same list; programs may rely on it.</summary>
internal static class ApiCodes
{
    private static readonly Dictionary<string, (int Status, string Words)> Table = new(StringComparer.Ordinal)
    {
        // The request itself.
        ["bad_request"] = (400, "The request is not of the documented form; the detail names the member or parameter."),
        ["invalid_submission"] = (400, "Some fields of the registration are not right; `errors` has them all."),
        ["invalid_filter"] = (400, "A list was asked for by a filter that there is not."),
        ["invalid_inputs"] = (400, "Some of what was entered cannot be sent; `errors` has each input."),
        ["idempotency_key_malformed"] = (400, "The Idempotency-Key is no string of 1 to 255 visible ASCII characters."),
        ["reason_missing"] = (400, "It needs a reason."),
        ["confirmation_missing"] = (400, "To approve for everybody, `confirmation` has to be the provider's name."),
        ["private_key"] = (400, "One of the keys is a private one. It is not kept, and has to be discarded."),
        ["key_proof_refused"] = (400, "What was sent is not the signature of the key over its challenge; the detail says what is wrong with it."),
        ["not_a_colleague"] = (400, "The address is not one of a person of the organization."),
        ["unauthorized"] = (401, "Nobody is signed in."),
        ["operator_token"] = (401, "The operator's token is missing or wrong."),
        ["cross_site"] = (403, "The request comes from another site."),
        ["request_token"] = (403, "The page's request token is missing or too old."),
        ["payload_too_large"] = (413, "The body is larger than this route takes."),
        ["unsupported_media_type"] = (415, "The body is not JSON."),

        // What is not there, or not for them to see.
        ["not_found"] = (404, "There is none, or none for whoever asks."),
        ["key_unknown"] = (404, "The registration has no such key; the detail says which it has."),
        ["not_installed"] = (404, "There is no such add-in on this platform."),

        // What they may not.
        ["not_owner"] = (403, "An owner alone may do this."),
        ["not_approver"] = (403, "Somebody else decides about this request."),
        ["own_request"] = (403, "Nobody decides about a request of their own."),
        ["four_eyes"] = (403, "A Global request is decided by a reviewer of another organization."),
        ["suspended_above"] = (403, "It was suspended by somebody further up, who alone can lift that."),
        ["reauthentication_required"] = (403, "The last sign-in is too long ago, or was a program's."),
        ["not_administrator"] = (403, "An administrator of the organization alone may do this."),
        ["not_reviewer"] = (403, "A reviewer of the platform alone may do this."),
        ["not_expected_actor"] = (403, "The card is for somebody else to act on."),

        // How things stand.
        ["already_decided"] = (409, "The revision was decided about; the detail says by whom and when."),
        ["revision_changed"] = (409, "What was read is not what waits any more."),
        ["nothing_waits"] = (409, "No revision waits for a decision."),
        ["wrong_state"] = (409, "The registration's state does not allow it."),
        ["revoked"] = (409, "The registration is revoked, which is for good."),
        ["scope_fixed"] = (409, "A registration keeps its scope; another scope is another registration."),
        ["sender_taken"] = (409, "Another registration of the organization has the sender."),
        ["domain_unproven"] = (409, "A name in it is not proven to be the organization's."),
        ["key_unproven"] = (409, "It is not proven that whoever registers a key of it has the private half."),
        ["key_taken"] = (409, "A key in it is another provider's, or the platform's."),
        ["no_challenge"] = (409, "The key has no challenge that could be answered: nobody asked for one, it is too old, or it was answered."),
        ["id_taken"] = (409, "The id is another registration's."),
        ["not_changed"] = (409, "The change is not made; the code and the title say why."),
        ["domain_taken"] = (409, "The domain is another organization's."),
        ["last_owner"] = (409, "A registration has at least one owner."),
        ["not_legacy"] = (409, "It uses Entra tokens already."),
        ["click_refused"] = (409, "The click was refused; the code says why (docs/protocol/clicks.md)."),
        ["precondition_failed"] = (412, "It was changed since it was read."),
        ["idempotency_key_reused"] = (422, "The Idempotency-Key came with another request before."),
        ["precondition_required"] = (428, "The change has to say, in If-Match, which version it is of."),

        // Too much, and troubles of ours.
        ["too_many_drafts"] = (429, "As many new providers as one person may begin in a day."),
        ["too_many_revisions"] = (429, "As many revisions of one registration as may be submitted in a day."),
        ["too_many_clicks"] = (429, "As many clicks as one person may make in a minute."),
        ["domain_check_failed"] = (503, "Whether a name in it is still the organization's could not be asked, so nothing was decided."),
        ["store_unavailable"] = (503, "It cannot be recorded at the moment, so nothing was done."),
    };

    public static IReadOnlyCollection<string> All => Table.Keys;

    /// <summary>The status of a code; what does not go with how things stand where the table does not know it.</summary>
    public static int StatusOf(string code) => Table.TryGetValue(code, out var entry) ? entry.Status : StatusCodes.Status409Conflict;

    public static string WordsOf(string code) => Table[code].Words;
}
