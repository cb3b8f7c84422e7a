using ActionMail.Mail.Dkim;

namespace ActionMail.Mail.Tests.Dkim;

/// <summary>The signed mails that the RFCs print.</summary>
public class ExampleTests
{
    // RFC 6376 A.2 with the key of appendix C.
    private const string Rsa = """
        DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
              c=simple/simple; q=dns/txt; i=joe@football.example.com;
              h=Received : From : To : Subject : Date : Message-ID;
              bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
              b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
              4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
              KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
              4bmp/YzhwvcubU4=;
        Received: from client1.football.example.com  [192.0.2.1]
              by submitserver.example.com with SUBMISSION;
              Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game. Are you hungry yet?

        Joe.

        """;

    private const string RsaKey = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

    // RFC 8463 A.3 with the keys of A.2.
    private const string Both = """
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
         Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=test; t=1528637909; h=from : to : subject :
         date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
         DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
         dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
        From: Joe SixPack <joe@football.example.com>
        To: Suzie Q <suzie@shopping.example.net>
        Subject: Is dinner ready?
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
        Message-ID: <20030712040037.46341.5F8J@football.example.com>

        Hi.

        We lost the game.  Are you hungry yet?

        Joe.

        """;

    private const string BothRsaKey = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";
    private const string Ed25519Key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Fact]
    public void The_mail_of_RFC_6376_passes()
    {
        var zone = Verifying.Zone(Verifying.Txt("brisbane._domainkey.example.com", RsaKey));

        var result = Assert.Single(Verifying.Dkim(Verifying.Wire(Rsa), zone));

        Assert.Equal((DkimResultWord.Pass, "joe@football.example.com", 1024), (result.Result, result.Identity, result.KeyBits));
        Assert.Equal("AuUoFEfD", result.SignatureStart);
    }

    [Fact]
    public void The_mail_of_RFC_8463_passes_with_both_algorithms()
    {
        var zone = Verifying.Zone(Verifying.Txt("brisbane._domainkey.football.example.com", Ed25519Key), Verifying.Txt("test._domainkey.football.example.com", BothRsaKey));

        var results = Verifying.Dkim(Verifying.Wire(Both), zone);

        Assert.Equal([("ed25519-sha256", DkimResultWord.Pass), ("rsa-sha256", DkimResultWord.Pass)], results.Select(result => (result.Algorithm, result.Result)));
    }

    [Theory]
    [InlineData("Joe.", "Jim.", DkimFault.BodyChanged)]
    [InlineData("Is dinner ready?", "Is lunch ready?", DkimFault.SignatureMismatch)]
    public void A_change_in_them_fails_with_both(string was, string became, DkimFault fault)
    {
        var zone = Verifying.Zone(Verifying.Txt("brisbane._domainkey.football.example.com", Ed25519Key), Verifying.Txt("test._domainkey.football.example.com", BothRsaKey));

        var results = Verifying.Dkim(Verifying.Wire(Both.Replace(was, became, StringComparison.Ordinal)), zone);

        Assert.Equal([fault, fault], results.Select(result => result.Fault!.Value));
    }
}
