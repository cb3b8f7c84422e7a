using System.Diagnostics;
using System.Text.Json;

namespace ActionMail.Bench.Lint;

/// <summary>The Node process beside ours: it runs its loop itself and says how far it came.</summary>
internal sealed class AjvPeer : IDisposable
{
    private readonly Process _node;

    private AjvPeer(Process node) => _node = node;

    public static AjvPeer Start(string schema, IEnumerable<string> cards) => new(Process.Start(
        new ProcessStartInfo("node", [Path.Combine("bench", "Bench", "Lint", "ajv.mjs"), schema, .. cards]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    public async Task<double> MeasureAsync(double seconds, CancellationToken cancel)
    {
        await _node.StandardInput.WriteLineAsync(seconds.ToString(CultureInfo.InvariantCulture).AsMemory(), cancel);
        await _node.StandardInput.FlushAsync(cancel);
        var answer = await _node.StandardOutput.ReadLineAsync(cancel) ?? throw new InvalidOperationException("Node ended: npm ci in bench?");
        return JsonElement.Parse(answer).GetProperty("perSecond").GetDouble();
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(5_000))
            _node.Kill();
        _node.Dispose();
    }
}
