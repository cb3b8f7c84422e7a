using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActionMail.Server.Tests.Intake;

/// <summary>Security A-03: what was said in the clear counts for nothing over TLS.</summary>
public sealed class SmtpTlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly string _folder = Directory.CreateTempSubdirectory("smtp-tls").FullName;

    [Fact]
    public async Task Message_is_delivered_over_tls()
    {
        await using var host = await StartAsync();
        await using var client = await OverTlsAsync(host);
        Assert.DoesNotContain("STARTTLS", await client.SayAsync("EHLO secret.test"), StringComparison.Ordinal);
        await client.SendAsync("MAIL FROM:<a@b.test>\r\nRCPT TO:<owner@contoso.test>\r\nDATA\r\n");
        await client.ExpectAsync("250", "250", "354");
        await client.SendAsync(string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 500)) + ".\r\n");
        await client.ExpectAsync("250 2.0.0");
        Assert.StartsWith("221", await client.SayAsync("QUIT"), StringComparison.Ordinal);
        Assert.Equal("", await client.ReadAsync());

        var (envelope, content) = Assert.Single(host.Delivered);
        Assert.Equal((true, "secret.test", 500_000), (envelope.Tls, envelope.Helo, content.Length));
    }

    [Fact]
    public async Task Conversation_begins_anew_over_tls()
    {
        await using var host = await StartAsync();
        await using var client = await OverTlsAsync(host);
        Assert.StartsWith("503 5.5.1", await client.SayAsync("RCPT TO:<owner@contoso.test>"), StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1", await client.SayAsync("MAIL FROM:<a@b.test>"), StringComparison.Ordinal);
        Assert.StartsWith("250-", await client.SayAsync("EHLO x"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.1.0", await client.SayAsync("MAIL FROM:<a@b.test>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_injected_behind_starttls_close_the_connection()
    {
        await using var host = await StartAsync();
        await using var client = await host.GreetedAsync();
        await client.SendAsync("STARTTLS\r\nMAIL FROM:<x@contoso.test>\r\n");
        client.EndSending();
        await client.ExpectLastAsync("554 5.5.0");
    }

    [Fact]
    public async Task Plain_text_instead_of_a_handshake_closes_the_connection()
    {
        await using var host = await StartAsync();
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("220 ", await client.SayAsync("STARTTLS"), StringComparison.Ordinal);
        await client.SendAsync("MAIL FROM:<x@contoso.test>\r\n");
        client.EndSending();
        Assert.DoesNotContain("250", await client.ReadAsync(), StringComparison.Ordinal);
        Assert.Empty(host.Delivered);
    }

    [Fact]
    public async Task Handshake_has_a_deadline()
    {
        await using var host = await StartAsync(("CommandTimeout", TimeSpan.FromMilliseconds(100)));
        await using var client = await host.GreetedAsync();
        Assert.StartsWith("220 ", await client.SayAsync("STARTTLS"), StringComparison.Ordinal);
        Assert.Equal("", await client.ReadAsync());
    }

    [Fact]
    public async Task Silence_over_tls_ends_with_421()
    {
        await using var host = await StartAsync(("IdleTimeout", TimeSpan.FromSeconds(1)), ("ClosingTimeout", TimeSpan.FromMilliseconds(50)));
        await using var client = await OverTlsAsync(host);
        await client.ExpectLastAsync("421 4.4.2");
    }

    [Fact]
    public async Task Shutdown_over_tls_is_said()
    {
        await using var host = await StartAsync();
        await using var client = await OverTlsAsync(host);
        var stop = host.StopAsync();
        await client.ExpectLastAsync("421 4.3.2");
        await stop;
    }

    [Fact]
    public async Task Pem_certificate_serves_as_well()
    {
        await File.WriteAllTextAsync(InFolder("cert.pem"), _certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(InFolder("key.pem"), _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await using var host = await SmtpHost.StartAsync(("CertificatePath", InFolder("cert.pem")), ("CertificateKeyPath", InFolder("key.pem")));
        await using var client = await OverTlsAsync(host);
        Assert.StartsWith("250-", await client.SayAsync("EHLO x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_tls_is_not_offered()
    {
        await using var host = await SmtpHost.StartAsync();
        await using var client = await host.ConnectAsync();
        await client.ExpectAsync("220 ");
        Assert.DoesNotContain("STARTTLS", await client.SayAsync("EHLO x"), StringComparison.Ordinal);
        Assert.StartsWith("502 5.5.1", await client.SayAsync("STARTTLS"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<SmtpHost> StartAsync(params (string, object)[] options)
    {
        await File.WriteAllBytesAsync(InFolder("cert.p12"), _certificate.Export(X509ContentType.Pkcs12, "open"));
        return await SmtpHost.StartAsync([.. options, ("CertificatePath", InFolder("cert.p12")), ("CertificatePassword", "open")]);
    }

    private async Task<SmtpLineClient> OverTlsAsync(SmtpHost host)
    {
        var client = await host.ConnectAsync();
        await client.ExpectAsync("220 ");
        Assert.Contains("STARTTLS", await client.SayAsync("EHLO x"), StringComparison.Ordinal);
        Assert.StartsWith("220 ", await client.SayAsync("STARTTLS"), StringComparison.Ordinal);
        await client.StartTlsAsync(_certificate.GetCertHashString());
        return client;
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mx.contoso.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
