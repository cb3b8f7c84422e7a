using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers.Api;

/// <summary>People and submissions of the API's tests: contoso.test is in the emulator, and proven.</summary>
internal static class Submissions
{
    public const string Developer = "dev@contoso.test";
    public const string Colleague = "elvia@contoso.test";
    public const string Administrator = "admin@contoso.test";
    public const string Neighbour = "carol@fabrikam.test";
    public const string NeighboursAdministrator = "admin@fabrikam.test";
    public const string Reviewer = "reviewer@platform.test";

    /// <summary>The golden submission; each test changes one thing. Its sender is its own, since of two registrations only one may send from an address.</summary>
    public static Dictionary<string, object?> For(string scope = "organization", string name = "Expenses") => new()
    {
        ["name"] = name,
        ["senders"] = new[] { $"s{Guid.NewGuid():N}@contoso.test" },
        ["targets"] = new[] { "https://expenses.contoso.test" },
        ["scope"] = scope,
        ["testUsers"] = scope == "testUsers" ? new[] { Developer } : null,
    };

    /// <summary>With all that a reviewer is to know.</summary>
    public static Dictionary<string, object?> Global(string name = "Travel")
    {
        var submission = For("global", name);
        submission["contact"] = new { name = "Travel team", email = "travel@contoso.test", phone = "+47 22 85 50 50" };
        submission["publisher"] = new
        {
            name = "Contoso",
            website = "https://contoso.test",
            support = "https://contoso.test/help",
            privacy = "https://contoso.test/privacy",
            terms = "https://contoso.test/terms",
        };
        submission["scenario"] = new
        {
            description = "Travel requests are approved by a person's manager.",
            dailyVolume = 200,
            sampleCard = """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"Trip to Oslo"}]}""",
        };
        submission["verification"] = new { steps = "Ask for a trip on the start page; the mail comes within a minute. Press Approve." };
        return submission;
    }

    public static Dictionary<string, object?> With(this Dictionary<string, object?> submission, string field, object? value) => new(submission) { [field] = value };

    /// <summary>A registration of the developer's that waits, or runs where nobody has to approve.</summary>
    public static async Task<ApiAnswer> SubmittedAsync(this PersonalClient developer, Dictionary<string, object?>? submission = null)
    {
        var answer = await developer.PostAsync("/api/providers", submission ?? For());
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.Status);
        return answer;
    }

    /// <summary>What an approver sends about the revision that they have read.</summary>
    public static object Approval(this ApiAnswer registration) => new { contentHash = registration["newest"].GetProperty("contentHash").GetString() };

    /// <summary>A registration of the developer's that an administrator has approved.</summary>
    public static async Task<ApiAnswer> ApprovedAsync(this PersonalClient developer, PersonalClient administrator, Dictionary<string, object?>? submission = null)
    {
        var submitted = await developer.SubmittedAsync(submission);
        var approved = await administrator.PostAsync($"/api/providers/{submitted.Id}/revisions/1/approve", submitted.Approval());
        Assert.Equal((System.Net.HttpStatusCode.OK, "approved"), (approved.Status, approved["state"].GetString()));
        return approved;
    }
}

/// <summary>One platform with a program for each person, for all tests of a class.</summary>
public sealed class ApiPlatform : IAsyncLifetime
{
    internal RunningPlatform Running { get; private set; } = null!;
    internal PersonalClient Developer { get; private set; } = null!;
    internal PersonalClient Colleague { get; private set; } = null!;
    internal PersonalClient Administrator { get; private set; } = null!;
    internal PersonalClient Neighbour { get; private set; } = null!;
    internal PersonalClient NeighboursAdministrator { get; private set; } = null!;
    internal PersonalClient Reviewer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningPlatform.StartAsync(settings: ["--Providers:DraftsPerDay=1000", "--Providers:RevisionsPerDay=1000"]);
        Developer = await PersonalClient.OfAsync(Running, Submissions.Developer);
        Colleague = await PersonalClient.OfAsync(Running, Submissions.Colleague);
        Administrator = await PersonalClient.OfAsync(Running, Submissions.Administrator);
        Neighbour = await PersonalClient.OfAsync(Running, Submissions.Neighbour);
        NeighboursAdministrator = await PersonalClient.OfAsync(Running, Submissions.NeighboursAdministrator);
        Reviewer = await PersonalClient.OfAsync(Running, Submissions.Reviewer);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Developer, Colleague, Administrator, Neighbour, NeighboursAdministrator, Reviewer })
            client.Dispose();
        await Running.DisposeAsync();
    }
}

/// <summary>The tests of the personal API, on one platform.</summary>
[CollectionDefinition(Name)]
public sealed class PersonalApi : ICollectionFixture<ApiPlatform>
{
    public const string Name = "The personal API";
}
