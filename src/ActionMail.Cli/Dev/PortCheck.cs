using System.Net;
using System.Net.Sockets;

namespace ActionMail.Cli.Dev;

/// <summary>Whether the ports are free, asked before anything is started: half an emulator helps nobody.</summary>
internal static class PortCheck
{
    /// <summary>What to tell about the ports that others hold; empty where all are free.</summary>
    public static string Problem(DevSettings settings)
    {
        var taken = settings.Ports.Where(each => IsTaken(each.Port)).ToList();
        if (taken.Count == 0)
            return "";
        var which = string.Join(", ", taken.Select(each => $"{each.Port} ({each.Purpose})"));
        var how = string.Join(" ", taken.Select(each => $"{each.Variable}=PORT"));
        return $"Port {which} is taken: stop what listens there (is an emulator running already?), or move it: {how} ./run";
    }

    private static bool IsTaken(int port) =>
        !CanListen(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && !CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException refused)
        {
            // A machine without ::1, or a port that needs more rights, is for the program itself to complain about.
            return refused.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
