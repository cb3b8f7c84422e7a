using System.Net;
using ActionMail.Mail.Smtp;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>
/// The door of the ESMTP receiver: who comes in, what is said to those who do not, and the last words to everybody. The one
/// place where a fault in a conversation is caught.
/// </summary>
internal sealed class SmtpConnection(
    IOptions<SmtpOptions> options, SmtpIntake intake, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<SmtpConnection> logger) : ConnectionHandler
{
    // So much fits into the kernel's buffers whether the client reads or not.
    private const int BufferedByTheKernel = 8 * 1024;

    private readonly SmtpHouse _house = new(options.Value, intake, time, logger);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var peer = new SmtpPeer(AddressOf(connection), connection.ConnectionId);
        await using var wire = new SmtpWire(connection.Transport, _house.Options, time);
        var refusal = lifetime.ApplicationStopping.IsCancellationRequested
            ? SmtpReplies.ShuttingDown
            : _house.Admission.Enter(peer.Address);
        if (refusal is not null)
        {
            logger.TurnedAway(peer.SessionId, peer.Address, refusal.ToString());
            await SayAsync(connection, wire, peer, new SmtpStep.Quit(refusal));
            return;
        }
        try
        {
            await ConverseAsync(connection, wire, peer);
        }
        finally
        {
            _house.Admission.Leave(peer.Address);
        }
    }

    private async Task ConverseAsync(ConnectionContext connection, SmtpWire wire, SmtpPeer peer)
    {
        logger.Connected(peer.SessionId, peer.Address);
        await using var stop = lifetime.ApplicationStopping.UnsafeRegister(static me => ((SmtpWire)me!).Stop(), wire);
        using var session = new SmtpSession(wire, peer, _house);
        SmtpStep? lastWords;
        try
        {
            lastWords = await session.RunAsync();
        }
        catch (ConnectionAbortedException gone)
        {
            logger.WentAway(peer.SessionId, peer.Address, gone.Message);
            connection.Abort(gone);
            return;
        }
        catch (Exception fault)
        {
            logger.Faulted(fault, peer.SessionId, peer.Address);
            lastWords = new SmtpStep.HangUp(SmtpReplies.Fault(peer.SessionId));
        }
        if (lastWords is not null)
            await SayAsync(connection, wire, peer, lastWords);
    }

    private async Task SayAsync(ConnectionContext connection, SmtpWire wire, SmtpPeer peer, SmtpStep lastWords)
    {
        try
        {
            switch (lastWords)
            {
                case SmtpStep.Quit(var words):
                    wire.Say(words);
                    break;
                case SmtpStep.HangUp(var words):
                    logger.HungUp(peer.SessionId, peer.Address, words.ToString());
                    wire.Say(words);
                    await wire.LingerAsync();
                    break;
            }
            await wire.CloseAsync();
            if (wire.SaidBytes > BufferedByTheKernel)
                _ = AbortLaterAsync(connection);
        }
        catch (Exception gone) when (gone is ConnectionAbortedException or IOException)
        {
            logger.WentAway(peer.SessionId, peer.Address, gone.Message);
            connection.Abort(new ConnectionAbortedException(gone.Message, gone));
        }
    }

    // Kestrel sends what was said before it closes, and waits for a client that does not read as long as that likes.
    private async Task AbortLaterAsync(ConnectionContext connection)
    {
        await Task.Delay(_house.Options.ClosingTimeout, time);
        connection.Abort(new ConnectionAbortedException("The client does not read our last words."));
    }

    private static IPAddress AddressOf(ConnectionContext connection)
    {
        var address = connection.RemoteEndPoint is IPEndPoint remote ? remote.Address : IPAddress.IPv6None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
