using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>What came of something that was done to a registration: exactly one of the cases below. Nothing was changed but in the first.</summary>
internal abstract record RegistrationResult
{
    private RegistrationResult() { }

    /// <summary>It is as was asked; the revision is the one that was submitted or decided about, or the one that runs.</summary>
    public sealed record Done(ProviderRow Provider, ProviderRevisionRow Revision) : RegistrationResult
    {
        public RegisteredContent Content => RegisteredContent.FromJson(Revision.Content);
    }

    /// <summary>There is none, or none that is theirs to see.</summary>
    public sealed record NotFound : RegistrationResult;

    /// <summary>They may not. 403.</summary>
    public sealed record Forbidden(string Code, string Words) : RegistrationResult;

    /// <summary>It does not go with how things stand. 409.</summary>
    public sealed record Conflict(string Code, string Words) : RegistrationResult;

    /// <summary>They have begun as many new providers as they may in a day. 429.</summary>
    public sealed record TooMany(int PerDay) : RegistrationResult;

    /// <summary>As many revisions of it were submitted as may be in a day. 429.</summary>
    public sealed record TooOften(int PerDay) : RegistrationResult;

    /// <summary>The very same request was carried out before; its answer is given again.</summary>
    public sealed record Repeated(int Status, string Body) : RegistrationResult;
}

internal static class RegistrationResults
{
    /// <summary>The answer to somebody who may not.</summary>
    public static RegistrationResult Of(Permission refusal) => refusal switch
    {
        Permission.Hidden => new RegistrationResult.NotFound(),
        Permission.Denied(var code, var words) => new RegistrationResult.Forbidden(code, words),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
