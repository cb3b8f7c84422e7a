using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Network;

/// <summary>The two steps of a connection that touch the network; tests put their own behind the guard, never in its place.</summary>
internal sealed record EgressSeam(
    Func<string, CancellationToken, Task<IPAddress[]>> Resolve,
    Func<IPEndPoint, CancellationToken, Task<Stream>> Connect)
{
    /// <summary>This machine's own addresses, public ones included: none of them is called.</summary>
    public Func<IEnumerable<IPAddress>> FindOwn { get; init; } = () =>
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address);

    public static EgressSeam Network { get; } = new(
        (host, cancel) => Dns.GetHostAddressesAsync(host, cancel),
        async (endpoint, cancel) =>
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        });
}

/// <summary>The host leads to an address that is never called. What the actor reads does not tell this from an ordinary failure (security G-18).</summary>
internal sealed class EgressRefusedException(string host) : IOException($"{host} leads to an address that is not called.");

/// <summary>
/// Every outgoing connection is made here: the name is resolved once, all of its addresses must be public, and the very address that was judged is the
/// one connected to. Asked for every connection, so a name that changes its mind gains nothing. Protocol §5, security G-03, G-04.
/// </summary>
internal sealed class EgressGuard(EgressSeam seam, IOptions<ServerOptions> options)
{
    private readonly HashSet<IPAddress> _own = [.. seam.FindOwn()];

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        // The emulator's one exception: plain http to localhost, which is this machine by name and not by what a resolver says.
        if (options.Value.UrlPolicy == UrlPolicy.LoopbackHttp && host == "localhost" && context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp)
            return await ConnectToLoopbackAsync(port, cancel);
        var addresses = await seam.Resolve(host, cancel);
        if (addresses.Length == 0 || !addresses.All(MayBeCalled))
            throw new EgressRefusedException(host);
        return await ConnectToAnyAsync(addresses, port, cancel);
    }

    private bool MayBeCalled(IPAddress address) => RoutableAddress.MayBeCalled(address) && !_own.Contains(address);

    private async Task<Stream> ConnectToLoopbackAsync(int port, CancellationToken cancel) =>
        await ConnectToAnyAsync([IPAddress.Loopback, IPAddress.IPv6Loopback], port, cancel);

    private async Task<Stream> ConnectToAnyAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await seam.Connect(new IPEndPoint(address, port), cancel);
            }
            catch (SocketException error)
            {
                last = error;
            }
        }
        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }
}
