namespace ActionMail.Bench.Accept;

/// <summary>
/// A Postfix instance of its own, beside whatever the machine has: loopback only, everything below one folder, delivering to a maildir. Its settings are
/// the defaults but for where things are, and for one that would hold it up: in_flow_delay.
/// </summary>
internal sealed class Postfix : IAsyncDisposable
{
    private const int Nobody = 65534;

    private readonly string _folder;
    private readonly string _settings;
    private int _expected;

    private Postfix(string folder, int port)
    {
        _folder = folder;
        _settings = Path.Combine(folder, "etc");
        Port = port;
    }

    public int Port { get; }

    /// <summary>The master's, whose children do the work.</summary>
    public int ProcessId { get; private set; }

    private string Maildir => Path.Combine(_folder, "mail", "box", "new");

    /// <summary>Null, with the reason said, where it cannot be started.</summary>
    public static async Task<Postfix?> StartIfPossibleAsync(string folder, CancellationToken cancel)
    {
        if (Environment.IsPrivilegedProcess)
            return await StartAsync(folder, cancel);
        Console.Error.WriteLine("Postfix is left out: only root can start it.");
        return null;
    }

    private static async Task<Postfix> StartAsync(string folder, CancellationToken cancel)
    {
        var postfix = new Postfix(Path.Combine(folder, "postfix"), Ports.Free());
        foreach (var name in (string[])["etc", "queue", "data", "mail"])
            Directory.CreateDirectory(Path.Combine(postfix._folder, name));
        await File.WriteAllTextAsync(Path.Combine(postfix._settings, "main.cf"), MainFile(postfix._folder), cancel);
        await File.WriteAllTextAsync(Path.Combine(postfix._settings, "master.cf"), MasterFile(postfix.Port), cancel);
        await Child.RunAsync("chown", ["postfix", $"{postfix._folder}/data"], cancel);
        await Child.RunAsync("chown", [$"{Nobody}", $"{postfix._folder}/mail"], cancel);
        await Child.RunAsync("postfix", ["-c", postfix._settings, "start"], cancel);
        await Ports.ListeningAsync(postfix.Port, cancel);
        // By another program: the runtime wants a lock on what it reads, and the master holds that one for as long as it runs.
        postfix.ProcessId = int.Parse((await Child.RunAsync("cat", [$"{postfix._folder}/queue/pid/master.pid"], cancel)).Trim(), CultureInfo.InvariantCulture);
        return postfix;
    }

    /// <summary>Waits until the mails that were accepted are in the maildir, so that their delivery burdens nobody else's turn.</summary>
    public async Task DeliveredAsync(int more, CancellationToken cancel)
    {
        _expected += more;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        while (Directory.EnumerateFiles(Maildir).Count() < _expected)
            await Task.Delay(50, either.Token);
    }

    public async ValueTask DisposeAsync() => await Child.RunAsync("postfix", ["-c", _settings, "stop"], CancellationToken.None);

    private static string MainFile(string folder) => $"""
        compatibility_level = 3.6
        myhostname = bench.contoso.test
        queue_directory = {folder}/queue
        data_directory = {folder}/data
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mydestination =
        mynetworks = 127.0.0.0/8
        virtual_mailbox_domains = contoso.test
        virtual_mailbox_base = {folder}/mail
        virtual_mailbox_maps = static:box/
        virtual_uid_maps = static:{Nobody}
        virtual_gid_maps = static:{Nobody}
        alias_maps =
        alias_database =
        in_flow_delay = 0
        maillog_file = {folder}/data/mail.log
        maillog_file_prefixes = {folder}

        """;

    private static string MasterFile(int port) => $"""
        127.0.0.1:{port} inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - n n - - proxymap
        anvil unix - - n - 1 anvil
        virtual unix - n n - - virtual
        error unix - - n - - error
        retry unix - - n - - error
        postlog unix-dgram n - n - 1 postlogd

        """;
}
