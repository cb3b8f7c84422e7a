namespace ActionMail.Server.Network;

/// <summary>The zone file that the emulator starts with: the whole DNS of a laptop, to be written on.</summary>
internal static class EmulatorZone
{
    public const string FileName = "dns.zone";

    private const string FirstText = """
        ; The DNS of this emulator. It asks no other: a name that is not here does not exist.
        ; One record a line, "name TYPE data", with the types A, AAAA, MX, TXT, PTR, CNAME and NS. What you save counts from the next mail on.
        ;
        ; To have mail with an unsigned card trusted, publish what its sender would, and sign it:
        ;   actionmail mail sign --dkim --key service.pem --domain service.test --selector s1 --record >> dns.zone
        ;   actionmail mail sign --dkim --key service.pem --domain service.test --selector s1 mail.eml > signed.eml
        ; Other records that senders publish:
        ;   service.test TXT "v=spf1 ip4:127.0.0.1 ip6:::1 -all"
        ;   _dmarc.service.test TXT "v=DMARC1; p=reject"
        ; To see what happens when the DNS is down:
        ;   _dmarc.service.test SERVFAIL

        contoso.test A 127.0.0.1
        contoso.test MX 10 contoso.test
        fabrikam.test A 127.0.0.1
        fabrikam.test MX 10 fabrikam.test
        platform.test A 127.0.0.1
        platform.test MX 10 platform.test

        """;

    /// <summary>Makes the file where there is none.</summary>
    public static void Create(string path)
    {
        if (!File.Exists(path))
            File.WriteAllText(path, FirstText);
    }
}
