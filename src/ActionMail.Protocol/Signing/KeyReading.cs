using System.Text.Json;

namespace ActionMail.Protocol.Signing;

/// <summary>What reading a public key came to.</summary>
public abstract record KeyReading
{
    private KeyReading() { }

    /// <summary>The text is a public key that may be used.</summary>
    public sealed record Read(PublicKey Key) : KeyReading;

    /// <summary>It is not; <paramref name="Why"/> is a sentence for the person who gave it, and never quotes what was given.</summary>
    public sealed record Refused(KeyFault Fault, string Why) : KeyReading
    {
        /// <summary>The fault as programs are told it, such as <c>private_key</c>.</summary>
        public string Reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(Fault.ToString());

        internal static Refused PrivateKey { get; } =
            new(KeyFault.PrivateKey, "this is a private key, and it is now compromised, for whoever has seen it can sign in your name. It must not be used any more. Discard it and make a new pair");
    }
}

/// <summary>Why a key is refused. Security J-01.</summary>
public enum KeyFault
{
    /// <summary>It is none of the accepted forms, or its form says too little or too much.</summary>
    Form,

    /// <summary>Longer than 8 KiB.</summary>
    TooLong,

    /// <summary>Malformed base64, XML, JSON or ASN.1.</summary>
    Encoding,

    /// <summary>XML with a document type or an entity.</summary>
    DocumentType,

    /// <summary>A private key: compromised by being handed in.</summary>
    PrivateKey,

    /// <summary>A JWK that is not for signatures, or for another algorithm.</summary>
    Purpose,

    /// <summary>Neither RSA nor EC on P-256.</summary>
    Kind,

    /// <summary>An RSA modulus under 2048 or over 4096 bits.</summary>
    Size,

    /// <summary>An even RSA modulus.</summary>
    EvenModulus,

    /// <summary>An RSA exponent other than 65537.</summary>
    Exponent,

    /// <summary>An RSA modulus with a factor under 10,000.</summary>
    SmallFactor,

    /// <summary>An RSA modulus that is a prime.</summary>
    PrimeModulus,

    /// <summary>An RSA modulus that is a power of a prime.</summary>
    PrimePower,

    /// <summary>An RSA modulus whose two primes are close to each other. CVE-2022-26320.</summary>
    ClosePrimes,

    /// <summary>An RSA modulus of the generator with the flaw ROCA. CVE-2017-15361.</summary>
    Roca,

    /// <summary>An RSA modulus with a pattern of equal bits.</summary>
    Pattern,

    /// <summary>A key whose private half is published.</summary>
    Published,
}
