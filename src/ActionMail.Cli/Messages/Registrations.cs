using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Providers;

namespace ActionMail.Cli.Messages;

/// <summary>The registrations that a mail is explained with: the caller's file, else those of the platform, else none.</summary>
internal sealed class Registrations
{
    private readonly Dictionary<string, ProviderRegistration> _byId;

    private Registrations(IEnumerable<ProviderRegistration> all, string? whyNone)
    {
        _byId = all.ToDictionary(each => each.Id);
        WhyNone = whyNone;
    }

    /// <summary>Why there was nobody to ask; null where there was.</summary>
    public string? WhyNone { get; }

    public ProviderRegistration? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>A file that is named must be readable; a platform need not be there.</summary>
    public static async Task<(Registrations? Found, string Problem)> LoadAsync(string? file, CancellationToken cancel)
    {
        if (file is not null)
            return FromFile(file);
        return await OperatorApi.AskAsync(api => api.ProvidersAsync(cancel)) switch
        {
            ApiReply.Document document => document.TryRead<Listing>(out var listing, out var other)
                ? From(listing, "the platform's answer")
                : (new([], other.Problem), ""),
            var reply => (new([], reply.WhyNoDocument.Problem), ""),
        };
    }

    private static (Registrations?, string) FromFile(string file)
    {
        if (!InputFile.TryReadText(file, out var text, out var problem))
            return (null, problem);
        try
        {
            return JsonSerializer.Deserialize<Listing>(text, Printing.Json) is { } listing
                ? From(listing, file)
                : (null, $"{file} is 'null'; write {{\"providers\":[…]}}, as 'actionmail provider list --json' prints it.");
        }
        catch (JsonException unreadable)
        {
            return (null, $"{file} holds no registrations: {unreadable.Sentence} Write {{\"providers\":[…]}}, as 'actionmail provider list --json' prints it.");
        }
    }

    private static (Registrations?, string) From(Listing listing, string source)
    {
        var all = new List<ProviderRegistration>();
        foreach (var line in listing.Providers)
        {
            if (!RegistrationReading.TryRead(line, out var registration, out var problem))
                return (null, $"The registration {line.Id} in {source} cannot be used: {problem}. Mend it there.");
            all.Add(registration);
        }
        return all.GroupBy(each => each.Id).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? (null, $"The registration {twice.Key} is in {source} twice; keep one.")
            : (new(all, whyNone: null), "");
    }

    private sealed record Listing
    {
        public required IReadOnlyList<ProviderLine> Providers { get; init; }
    }
}
