namespace ActionMail.Mail.Dkim;

/// <summary>How header or body are brought into the one form that is signed. RFC 6376 §3.4.</summary>
public enum Canonicalization
{
    /// <summary>As it came over the wire, but for empty lines at the end of the body.</summary>
    Simple,

    /// <summary>Names in lower case, lines unfolded, white space reduced.</summary>
    Relaxed,
}
