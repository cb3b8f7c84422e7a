using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActionMail.Server.Tests.Network;

/// <summary>A certificate authority of the tests' own, in a PEM file as an operator would name it, and the certificates that it gives.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        Bundle = Path.Combine(Directory.CreateTempSubdirectory("actionmail-ca-").FullName, "authorities.pem");
        File.WriteAllText(Bundle, _root.ExportCertificatePem());
    }

    /// <summary>The file with the authority's certificate.</summary>
    public string Bundle { get; }

    /// <summary>A certificate for a host, good from yesterday until so many days from now.</summary>
    internal X509Certificate2 Issue(string host, int days = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = RequestFor(host, key).Create(_root, Now.AddDays(Math.Min(-1, days - 1)), Now.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return Usable(issued.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate that nobody but itself vouches for.</summary>
    internal static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Usable(RequestFor(host, key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30)));
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(Path.GetDirectoryName(Bundle)!, recursive: true);
    }

    private static CertificateRequest RequestFor(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }

    // A key that lives in memory alone cannot serve TLS on every system.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
