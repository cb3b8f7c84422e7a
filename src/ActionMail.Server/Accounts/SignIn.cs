namespace ActionMail.Server.Accounts;

/// <summary>How a person showed who they are.</summary>
internal enum SignInWay
{
    /// <summary>By picking themselves, which the emulator takes for enough.</summary>
    Emulator,

    OpenId,
    Password,
    Passkey,

    /// <summary>By an invitation's link.</summary>
    Invitation,
}

/// <summary>Somebody who showed who they are.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="Way">How they showed it.</param>
/// <param name="ProvenAt">When; null where whoever vouches for them did not say.</param>
/// <param name="From">The address that it came from.</param>
internal sealed record SignIn(Person Person, SignInWay Way, DateTimeOffset? ProvenAt, string From);

/// <summary>Why somebody is not signed in; the sign-in page says it in words.</summary>
internal enum SignInProblem
{
    ProviderUnreachable,
    ProviderRefused,
    NotVerified,
    NoAddress,
    UnknownPerson,
    Deactivated,
    BoundElsewhere,
    AnotherPerson,
    NotFresh,
    WrongPassword,
}

internal static class SignInProblems
{
    private static readonly Dictionary<SignInProblem, string> All = new()
    {
        [SignInProblem.ProviderUnreachable] = "Your organization's sign-in cannot be reached at the moment. Try again shortly.",
        [SignInProblem.ProviderRefused] = "Your organization's sign-in was cancelled, or it did not let you in.",
        [SignInProblem.NotVerified] = "What your organization's sign-in sent could not be verified, or it took too long. Try again; if it happens again, tell your administrator.",
        [SignInProblem.NoAddress] = "Your organization's sign-in did not give a verified address in a domain that your organization has proven. Tell your administrator.",
        [SignInProblem.UnknownPerson] = "You have no account here yet. Ask your administrator for an invitation.",
        [SignInProblem.Deactivated] = "Your account here was deactivated. Ask your administrator.",
        [SignInProblem.BoundElsewhere] = "Your address belongs to somebody who signs in with another account of your organization. Tell your administrator.",
        [SignInProblem.AnotherPerson] = "That was somebody else's account. Confirm with the one that you are signed in with.",
        [SignInProblem.NotFresh] = "Your organization's sign-in did not ask you again who you are. Tell your administrator: it must honour prompt=login and say auth_time.",
        [SignInProblem.WrongPassword] = "The address or the password is not right, or there were too many attempts. After ten, wait five minutes.",
    };

    extension(SignInProblem problem)
    {
        public string Words => All[problem];

        /// <summary>The problem as a part of an address.</summary>
        public string Code => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(problem.ToString());
    }

    public static SignInProblem? Find(string? code) =>
        All.Keys.Where(problem => string.Equals(problem.Code, code, StringComparison.Ordinal))
        .Select(problem => (SignInProblem?)problem).FirstOrDefault();
}
