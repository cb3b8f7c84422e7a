using System.Security.Cryptography.X509Certificates;

namespace ActionMail.Server.Network;

/// <summary>Certificate authorities of the operator's own, beside those of the system.</summary>
internal static class AuthorityBundle
{
    /// <summary>What vouches for a server's certificate; null, the system's own judgement, without a file.</summary>
    public static X509ChainPolicy? ChainPolicy(string? bundle)
    {
        if (bundle is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        using (var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly))
            policy.CustomTrustStore.AddRange(system.Certificates);
        policy.CustomTrustStore.ImportFromPemFile(bundle);
        return policy;
    }
}
