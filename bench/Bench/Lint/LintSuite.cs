using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Bench.Lint;

/// <summary>
/// A complete lint, with structure, rules, one client, limits, pointers and positions, of the official scenario cards, on one thread: beside reading their
/// JSON alone, and beside what a service in JavaScript would do.
/// </summary>
internal static class LintSuite
{
    private static readonly string[] Folders = ["cards/samples/v1.5/Scenarios", "cards/samples/v1.6/Scenarios"];

    private const double WarmSeconds = 1;

    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        if (TestData() is not { } data)
        {
            Console.Error.WriteLine("lint: the public suites are not here; set ACTIONMAIL_TESTDATA.");
            return [];
        }
        var files = Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(data, folder), "*.json")).Order(StringComparer.Ordinal).ToArray();
        var cards = files.Select(File.ReadAllBytes).ToArray();
        var client = ClientProfiles.Find("outlook-web")!;
        // So that what is compiled at the first call is, and the heap has found its size. Node warms up in the first round.
        foreach (var work in (Action<byte[]>[])[Parse, Read, card => Lint(card, client)])
            RateOf(cards, work, WarmSeconds);
        using var node = AjvPeer.Start(Path.Combine(data, "cards", "schemas", "1.6.0", "adaptive-card.json"), files);
        return
        [
            await Rounds.RunAsync($"Linting {cards.Length} scenario cards", "cards/s", settings,
                [
                    new("JsonDocument.Parse alone", _ => Task.FromResult(RateOf(cards, Parse, settings.PureSeconds))),
                    new("card lint, complete, one client", _ => Task.FromResult(RateOf(cards, card => Lint(card, client), settings.PureSeconds))),
                    new("reading its JSON (of that)", _ => Task.FromResult(RateOf(cards, Read, settings.PureSeconds))),
                    new("Node: JSON.parse + ajv", stop => node.MeasureAsync(settings.PureSeconds, stop)),
                ],
                cancel),
        ];
    }

    private static void Parse(byte[] card)
    {
        using var document = JsonDocument.Parse(card);
    }

    private static void Read(byte[] card)
    {
        if (JsonText.Read(card, CardLimits.Default.MaxJsonDepth) is not JsonTextReading.Read)
            throw new InvalidOperationException("The card was not read.");
    }

    private static void Lint(byte[] card, ClientProfile client)
    {
        var report = CardLint.Check(card, CardLimits.Default);
        if (!report.IsReadable || !client.Render(report).Shown)
            throw new InvalidOperationException("The card was not judged.");
    }

    // By the processor time of the whole process, that of the collector's threads included: what else runs on the machine counts for nobody.
    private static double RateOf(byte[][] cards, Action<byte[]> work, double seconds)
    {
        var (count, began, taken) = (0, Environment.CpuUsage.TotalTime, 0.0);
        while (taken < seconds)
        {
            foreach (var card in cards)
                work(card);
            count += cards.Length;
            taken = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
        }
        return count / taken;
    }

    private static string? TestData()
    {
        if (Environment.GetEnvironmentVariable("ACTIONMAIL_TESTDATA") is { Length: > 0 } named)
            return named;
        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
        {
            if (Path.Combine(at.FullName, "shared", "testdata") is var candidate && Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
