using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ActionMail.Server.Tests.Platform;

/// <summary>A stream of live events as an open view reads it. Twenty seconds without the awaited event fail the test.</summary>
internal sealed class LiveEvents : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private LiveEvents(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _items = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    public static async Task<LiveEvents> OpenAsync(HttpClient http, string path)
    {
        var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new LiveEvents(response, await response.Content.ReadAsStreamAsync());
        await events.NextAsync("ping");
        return events;
    }

    /// <summary>The next event of a name; pings between are passed over, another event fails the test.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        while (await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            if (_items.Current.EventType == "ping" && name != "ping")
                continue;
            Assert.Equal(name, _items.Current.EventType);
            return JsonElement.Parse(_items.Current.Data);
        }
        throw new InvalidOperationException($"The stream ended without '{name}'.");
    }

    /// <summary>The next event of a name, whatever else happens before it.</summary>
    public async Task<JsonElement> FindAsync(string name)
    {
        while (await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            if (_items.Current.EventType == name)
                return JsonElement.Parse(_items.Current.Data);
        }
        throw new InvalidOperationException($"The stream ended without '{name}'.");
    }

    /// <summary>True when the platform ends the stream.</summary>
    public async Task<bool> EndsAsync() => !await _items.MoveNextAsync().AsTask().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (Exception error) when (error is NotSupportedException or IOException)
        {
            // A read was still waiting; the stream is closed under it.
        }
    }
}
