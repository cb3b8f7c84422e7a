using System.Collections.Immutable;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Cli.Cards;

/// <summary>A file and what the lint says of it. Where the file could not be read there is no report, and <see cref="Problem"/> says why.</summary>
internal sealed record LintedFile(string Name, LintReport? Report, string? Problem, ImmutableArray<ClientRendering> Clients)
{
    public bool IsReadable => Report?.IsReadable == true;

    public bool HasErrors => Report?.HasErrors == true;

    public static LintedFile Read(string path, ImmutableArray<ClientProfile> clients)
    {
        if (!InputFile.TryReadBytes(path, out var bytes, out var problem))
            return new(path, null, problem, Nothing(clients, "the file cannot be read"));
        var report = CardLint.Check(WithoutMark(bytes), CardLimits.Default);
        return new(path, report, null, report.IsReadable ? [.. clients.Select(client => client.Render(report))] : Nothing(clients, "the text is no card"));
    }

    // Editors write a byte order mark into files; a mail never carries it.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsMemory(3) : bytes;

    private static ImmutableArray<ClientRendering> Nothing(ImmutableArray<ClientProfile> clients, string why) =>
        [.. clients.Select(client => new ClientRendering(client, false, [new("", why)]))];
}
