using System.CommandLine;
using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>One registration on the screen, as its owner or approver reads it. Every command that answers with one ends here.</summary>
internal static class RegistrationPage
{
    private const int LongestValue = 200;

    // The content's members, in the order of the form.
    private static readonly (string Label, string[] Path)[] Fields =
    [
        ("Senders", ["senders"]),
        ("Targets", ["targets"]),
        ("Test users", ["testUsers"]),
        ("App id", ["appId"]),
        ("App ID URI", ["appIdUri"]),
        ("Contact", ["contact", "email"]),
        ("Publisher", ["publisher", "name"]),
        ("Scenario", ["scenario", "description"]),
        ("Verification", ["verification", "steps"]),
    ];

    /// <summary>Prints the registration that the platform answered with, or passes its refusal on.</summary>
    public static Answer Print(ParseResult parse, bool json, ApiReply reply)
    {
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<RegistrationLine>(out var registration, out var problem))
            return problem;
        if (json)
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, registration);
        return new Answer.Done();
    }

    public static void Print(TextWriter output, RegistrationLine registration)
    {
        output.WriteLine($"{registration.Name} ({registration.Id})".Printable);
        Row(output, "State", StateOf(registration));
        Row(output, "Because", registration.StateReason);
        Row(output, "Organization", registration.Organization);
        Row(output, "Scope", registration.Scope);
        Row(output, "Token", registration.TokenProfile);
        Row(output, "Owners", string.Join(", ", registration.Owners.Select(owner => owner.Address)));
        if (registration.Shown is { } revision)
            PrintContent(output, registration, revision);
        foreach (var warning in registration.Warnings)
            Row(output, "Note", $"{warning.Field}: {warning.Words}");
        if (registration is { Waiting: { } waiting, Difference: { } difference })
            PrintWaiting(output, registration, waiting, difference);
        foreach (var key in UnprovenIn(registration))
            Row(output, "To do", $"prove the key {key}, or revision {registration.PendingRevision} cannot be approved: actionmail provider prove-key {registration.Id} --key FILE");
    }

    private static void PrintContent(TextWriter output, RegistrationLine registration, RevisionLine revision)
    {
        Row(output, "Revision", $"{revision.Number}, by {revision.SubmittedBy}; it has:");
        foreach (var (label, path) in Fields)
            Row(output, label, TextAt(revision.Content, path));
        PrintKeys(output, registration, revision.Keys);
    }

    // What waits is told by its differences alone, so that nothing of it is taken for what runs.
    private static void PrintWaiting(TextWriter output, RegistrationLine registration, RevisionLine waiting, DifferenceLine difference)
    {
        output.WriteLine($"Revision {waiting.Number} waits for a decision, by {waiting.SubmittedBy}; it would change:".Printable);
        PrintChanges(output, difference.Changes);
        PrintKeys(output, registration, waiting.Keys.Except(registration.Shown?.Keys ?? []));
    }

    private static void PrintKeys(TextWriter output, RegistrationLine registration, IEnumerable<RevisionLine.KeyLine> keys)
    {
        foreach (var key in keys)
            Row(output, "Key", $"{key.Kty} {key.Thumbprint}{ProofOf(registration, key.Thumbprint)}");
    }

    private static string ProofOf(RegistrationLine registration, string thumbprint) => registration.Keys?.FirstOrDefault(key => key.Thumbprint == thumbprint) switch
    {
        null => "",
        { ProvenAt: { } at } => $", proven since {at}",
        _ when registration.Scope == "testUsers" => ", not proven, which test users do not need",
        _ => ", not proven",
    };

    // Nobody approves for more than test users what has one of these.
    private static IEnumerable<string> UnprovenIn(RegistrationLine registration) =>
        registration is { Waiting: { } waiting, Keys: { } proofs } && TextAt(waiting.Content, ["scope"]) != "testUsers"
            ? waiting.Keys.Select(key => key.Thumbprint).Where(thumbprint => proofs.Any(key => key.Thumbprint == thumbprint && key.ProvenAt is null))
            : [];

    public static void PrintChanges(TextWriter output, IEnumerable<ChangeLine> changes)
    {
        foreach (var change in changes)
            output.WriteLine($"    {SignOf(change)} {change.Field}: {WordsOf(change)}".Printable);
    }

    private static string StateOf(RegistrationLine registration) => registration switch
    {
        { State: not "approved", PendingRevision: { } waiting, ActiveRevision: not null } => $"{registration.State}, nothing of it runs, revision {waiting} waits for a decision",
        { PendingRevision: { } waiting, ActiveRevision: { } active } => $"{registration.State}, revision {active} runs, revision {waiting} waits for a decision",
        { PendingRevision: { } waiting } => $"{registration.State}, revision {waiting} waits for a decision",
        { State: not "approved", ActiveRevision: not null } => $"{registration.State}, nothing of it runs",
        { ActiveRevision: { } active } => $"{registration.State}, revision {active} runs{(registration.EffectiveAt is { } at ? $" since {at}" : "")}",
        _ => registration.State,
    };

    private static string SignOf(ChangeLine change) => change.Kind switch { "added" => "+", "removed" => "-", _ => "~" };

    private static string WordsOf(ChangeLine change) => change.Kind switch
    {
        "added" => Short(change.After),
        "removed" => Short(change.Before),
        _ => $"{Short(change.Before)} -> {Short(change.After)}",
    };

    // One line of it, for a terminal.
    private static string Short(string? text)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestValue ? line : string.Concat(line.AsSpan(0, LongestValue - 1), "…");
    }

    private static string? TextAt(JsonElement content, ReadOnlySpan<string> path)
    {
        foreach (var member in path)
        {
            if (content.ValueKind != JsonValueKind.Object || !content.TryGetProperty(member, out content))
                return null;
        }
        return content.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", content.EnumerateArray().Select(entry => entry.ToString())),
            JsonValueKind.Null => null,
            _ => Short(content.ToString()),
        };
    }

    private static void Row(TextWriter output, string label, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            output.WriteLine($"  {label,-13}{value.Printable}");
    }
}
