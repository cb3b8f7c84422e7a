using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ActionMail.Server.Intake;

/// <summary>What all connections share.</summary>
internal sealed class SmtpHouse(SmtpOptions options, SmtpIntake intake, TimeProvider time, ILogger logger)
{
    public SmtpOptions Options => options;
    public SmtpIntake Intake => intake;
    public TimeProvider Time => time;
    public ILogger Logger => logger;
    public SmtpAdmission Admission { get; } = new(options, time);
    public MessageMemory Memory { get; } = new(options.MaxBufferedBytes);

    /// <summary>How STARTTLS is answered; null when there is no certificate.</summary>
    public SslServerAuthenticationOptions? Tls { get; } = options.CertificatePath is null ? null : new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(Certificate(options), additionalCertificates: null),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
    };

    private static X509Certificate2 Certificate(SmtpOptions options) => options switch
    {
        { CertificateKeyPath: { } key, CertificatePassword: { } password } =>
            X509Certificate2.CreateFromEncryptedPemFile(options.CertificatePath!, password, key),
        { CertificateKeyPath: { } key } => X509Certificate2.CreateFromPemFile(options.CertificatePath!, key),
        _ => X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath!, options.CertificatePassword),
    };
}

/// <summary>Who is connected: the socket's address and the connection's id in the logs.</summary>
internal sealed record SmtpPeer(IPAddress Address, string SessionId);
