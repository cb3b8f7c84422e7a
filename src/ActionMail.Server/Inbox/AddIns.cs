using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Inbox;

/// <summary>The registry of panes that cards may open.</summary>
internal sealed class AddIns(IOptions<AddInOptions> options, IOptions<ServerOptions> server)
{
    private readonly AddIn[] _installed = server.Value.Mode == ServerMode.Emulator ? [.. options.Value.Installed, SamplePane.AddIn] : options.Value.Installed;

    /// <summary>The origins of panes elsewhere, which the policy of our pages must let into a frame.</summary>
    public IEnumerable<string> Origins => _installed.Select(addIn => addIn.Origin(server.Value.UrlPolicy)).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The pane that a card names, or null when it is not installed.</summary>
    public AddIn? Find(string id) => Array.Find(_installed, addIn => addIn.IsNamed(id));
}
