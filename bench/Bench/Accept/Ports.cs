using System.Net;
using System.Net.Sockets;

namespace ActionMail.Bench.Accept;

internal static class Ports
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until something listens.</summary>
    public static async Task ListeningAsync(int port, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        while (true)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, either.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, either.Token);
            }
        }
    }
}
