using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Addresses;
using ActionMail.Server;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Bench.Pages;

/// <summary>The platform in this process with a history in its store, and the people who look at its pages.</summary>
internal sealed partial class Site(WebApplication app, string folder, Uri url) : IAsyncDisposable
{
    private const string SignIn = "/sign-in";

    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);
    private readonly HttpClient _nobody = NewClient(url);

    public static async Task<Site> StartAsync(History history, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("actionmail-bench-").FullName;
        var (http, smtp) = (Accept.Ports.Free(), Accept.Ports.Free());
        var app = await ServerHost.BuildAsync(
        [
            $"--ActionMail:Mode={nameof(ServerMode.Emulator)}", $"--ActionMail:PublicUrl=http://localhost:{http}", $"--ActionMail:DataFolder={folder}", $"--Smtp:Port={smtp}",
            "--Logging:LogLevel:Default=Warning",
        ]);
        var addresses = app.Services.GetRequiredService<AddressBook>();
        await history.WriteAsync(app.Services.GetRequiredService<IDbContextFactory<ActionMailDb>>(), Find("dev@contoso.test"), Find("owner@contoso.test"), TimeProvider.System.GetUtcNow(), cancel);
        await app.Services.GetRequiredService<ProviderRegistry>().ReloadAsync(cancel);
        await app.StartAsync(cancel);
        return new(app, folder, new($"http://localhost:{http}"));

        Person Find(string address) => addresses.Find(EmailAddress.Parse(address))!;
    }

    /// <summary>The 95th percentile of a page's time in milliseconds, from the request to the last byte of the answer, where the page leads on of the one behind it.</summary>
    public async Task<double> MeasureAsync(string? person, string path, int requests, CancellationToken cancel)
    {
        var client = person is null ? _nobody : await SignedInAsync(person, cancel);
        var times = new List<double>(requests);
        for (var i = 0; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path, cancel);
            await answer.Content.ReadAsByteArrayAsync(cancel);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.StatusCode != HttpStatusCode.OK || (person is not null && answer.RequestMessage!.RequestUri!.AbsolutePath == SignIn))
                throw new InvalidOperationException($"{path} was answered {(int)answer.StatusCode} to {person ?? "nobody"} at {answer.RequestMessage!.RequestUri}.");
        }
        times.Sort();
        return times[(int)Math.Ceiling(times.Count * 0.95) - 1];
    }

    public async ValueTask DisposeAsync()
    {
        _nobody.Dispose();
        foreach (var person in _people.Values)
            person.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<HttpClient> SignedInAsync(string person, CancellationToken cancel)
    {
        if (_people.TryGetValue(person, out var known))
            return known;
        var client = NewClient(url);
        var form = FormToken().Match(await client.GetStringAsync(SignIn, cancel)).Groups[1].Value;
        using var answer = await client.PostAsync(SignIn, new FormUrlEncodedContent([new("person", person), new("__RequestVerificationToken", form)]), cancel);
        return _people[person] = client;
    }

    private static HttpClient NewClient(Uri url) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
