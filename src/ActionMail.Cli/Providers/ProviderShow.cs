using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider show ID</c>.</summary>
internal static class ProviderShow
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");
    private static readonly Option<bool> AsFile = new("--as-file") { Description = "Print it as a file for 'provider apply'." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("show", "Show one registration.", RunAsync)
    {
        Arguments = { Id },
        Options = { AsFile, AskedAs.Operator, Json },
        Examples =
        [
            "actionmail provider show 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913",
            "actionmail provider show 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --as-file > expenses.json",
        ],
        NoMeans = "there is no such registration, or none that is yours to see",
        Notes = PlatformAddress.EitherNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var id = parse.GetRequiredValue(Id);
        return parse.GetValue(AsFile)
            ? PrintFile(parse, await PersonalPlatform.AskAsync(api => api.ShowAsync(id, cancel)))
            : await AskedAs.PrintAsync(parse, Json, api => api.ProviderAsync(id, cancel),
                async api => await RegistrationInFull.CompleteAsync(api, await api.ShowAsync(id, cancel), cancel));
    }

    // The id in front, so that the file is of this registration; what is generated from it is left out.
    private static Answer PrintFile(ParseResult parse, ApiReply reply)
    {
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<RegistrationLine>(out var registration, out var problem) || registration.Newest is not { } revision)
            return problem;
        var file = new JsonObject { ["id"] = registration.Id };
        foreach (var member in revision.Content.EnumerateObject().Where(member => member.Name != "appIdUri" && member.Value.ValueKind != JsonValueKind.Null))
            file[member.Name] = IsImage(member) ? new JsonObject { ["sha256"] = member.Value.GetString() } : JsonNode.Parse(member.Value.GetRawText());
        if (file["scenario"] is JsonObject scenario && scenario["screenshot"] is JsonValue screenshot)
            scenario["screenshot"] = new JsonObject { ["sha256"] = screenshot.GetValue<string>() };
        parse.PrintJson(file);
        return new Answer.Done();
    }

    private static bool IsImage(JsonProperty member) => member.Name == "logo";
}
