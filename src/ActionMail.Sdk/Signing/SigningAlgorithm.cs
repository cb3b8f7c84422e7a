namespace ActionMail.Sdk;

/// <summary>The signature algorithms of a signed card, by their JOSE names. Protocol §3, RFC 7518 §3.1.</summary>
public enum SigningAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256: the one that Outlook accepts too.</summary>
    RS256,

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes. ActionMail only.</summary>
    PS256,

    /// <summary>ECDSA on P-256 with SHA-256. ActionMail only.</summary>
    ES256,
}
