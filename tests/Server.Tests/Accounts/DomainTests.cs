using System.Net;
using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Tests.Intake;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>Domains: claimed, proven by each way, lost, and never another's. Security J-05, M-03.</summary>
[Collection(AccountsCollection.Name)]
public sealed class DomainTests(AccountsPlatform shared)
{
    private DomainProofs Proofs => shared.Service<DomainProofs>();

    private Person Contoso => shared.Person("admin@contoso.test");

    private Person Fabrikam => shared.Person("admin@fabrikam.test");

    [Theory]
    [InlineData("contoso.test", true)]
    [InlineData("mail.contoso.test", true)]
    [InlineData("CONTOSO.test", true)]
    [InlineData("fabrikam.test", false)]
    [InlineData("evilcontoso.test", false)]
    [InlineData("contoso.test.evil.test", false)]
    [InlineData("test", false)]
    [InlineData("", false)]
    public void What_the_operator_entered_is_proven_with_what_lies_below_it(string host, bool isProven) => Assert.Equal(isProven, Proofs.IsProven(Contoso.OrganizationId, host));

    [Theory]
    [InlineData("another's domain", "contoso.test", "belongs to another organization")]
    [InlineData("a name below another's domain", "mail.contoso.test", "belongs to another organization")]
    [InlineData("its own domain once more", "fabrikam.test", "in your list already")]
    [InlineData("an address", "me@new.test", "Write a domain")]
    [InlineData("a URL", "https://new.test/", "Write a domain")]
    [InlineData("a pattern", "*.new.test", "Write a domain")]
    [InlineData("a top-level domain", "test", "Write a domain")]
    [InlineData("an address of a machine", "192.0.2.1", "Write a domain")]
    public async Task An_organization_cannot_claim(string why, string domain, string words)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@fabrikam.test");
        var answer = await admin.FormAsync("/organization", "/organization?handler=AddDomain", new() { ["domain"] = domain, ["mail"] = "true" });
        Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, why);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_in_the_DNS_proves_a_domain_its_mail_and_the_names_below_it()
    {
        var token = await AddAsync("admin@contoso.test", "dns-proof.test", isForMail: true);
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        Assert.Contains($"actionmail-verification={token}", await admin.Http.GetStringAsync("/organization"), StringComparison.Ordinal);

        await CheckAsync(admin, "dns-proof.test");
        Assert.Contains("There is no TXT record at _actionmail-challenge.dns-proof.test yet", await admin.Http.GetStringAsync("/organization"), StringComparison.Ordinal);
        Assert.False(Proofs.IsProven(Contoso.OrganizationId, "dns-proof.test"));
        Assert.False(shared.Service<AddressBook>().IsOurs("dns-proof.test"));

        Publish("dns-proof.test", "another token");
        await CheckAsync(admin, "dns-proof.test");
        Assert.Contains("not with this value", await admin.Http.GetStringAsync("/organization"), StringComparison.Ordinal);

        Publish("dns-proof.test", token);
        await CheckAsync(admin, "dns-proof.test");
        Assert.True(Proofs.IsProven(Contoso.OrganizationId, "dns-proof.test"));
        Assert.True(Proofs.IsProven(Contoso.OrganizationId, "api.dns-proof.test"));
        Assert.False(Proofs.IsProven(Fabrikam.OrganizationId, "dns-proof.test"));
        Assert.True(Proofs.IsMailOf(Contoso.OrganizationId, "dns-proof.test"));
        Assert.Equal(["domain_added", "domain_proven"], await shared.AuditAsync("dns-proof.test"));
        Assert.IsType<DomainResult.Refused>(await shared.Service<ClaimDomain>().AddAsync(Fabrikam, "dns-proof.test", true, "", CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_who_claim_a_domain_the_first_to_prove_it_has_it()
    {
        var ours = await AddAsync("admin@contoso.test", "race.test", isForMail: false);
        var theirs = await AddAsync("admin@fabrikam.test", "race.test", isForMail: false);
        Publish("race.test", ours, theirs);
        using var contoso = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        using var fabrikam = await Browser.SignInAsync(shared.Doors, "admin@fabrikam.test");

        await CheckAsync(contoso, "race.test");
        var second = await fabrikam.FormAsync("/organization", "/organization?handler=CheckDomain", new() { ["domain"] = "race.test" });

        Assert.Contains("proven by another organization first", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((true, false), (Proofs.IsProven(Contoso.OrganizationId, "race.test"), Proofs.IsProven(Fabrikam.OrganizationId, "race.test")));
    }

    [Theory]
    [InlineData("the text", "actionmail-verification={0}\n", "200 OK", true)]
    [InlineData("another text", "actionmail-verification=x", "200 OK", false)]
    [InlineData("the text far behind", "{1}actionmail-verification={0}", "200 OK", false)]
    [InlineData("a fault", "actionmail-verification={0}", "404 Not Found", false)]
    [InlineData("a way elsewhere", "actionmail-verification={0}", "302 Found", false)]
    public async Task A_file_on_a_host_proves_that_host_alone_with(string why, string text, string status, bool isProven)
    {
        var host = $"file-{Guid.NewGuid():N}.test";
        using var certificate = shared.Authority.Issue(host);
        using var server = new StubProvider(certificate: certificate);
        (shared.Hosts.Port, shared.Hosts.Answers) = (server.Port, [["44.128.0.10"]]);
        var token = await AddAsync("admin@contoso.test", host, isForMail: false);
        var body = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, token, new string(' ', 2_000));
        server.Behave = (_, stream, cancel) => StubProvider.Answer(stream, status, body, "Location: https://contoso.test/\r\n", cancel);
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");

        await CheckAsync(admin, host);

        Assert.StartsWith("GET /.well-known/actionmail-challenge.txt ", Assert.Single(server.Seen).Head, StringComparison.Ordinal);
        Assert.True(isProven == Proofs.IsProven(Contoso.OrganizationId, host), why);
        Assert.False(Proofs.IsProven(Contoso.OrganizationId, $"below.{host}"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task No_host_inside_is_asked_for_a_file(string address)
    {
        var host = $"inside-{Guid.NewGuid():N}.test";
        using var server = new StubProvider();
        (shared.Hosts.Port, shared.Hosts.Answers) = (server.Port, [[address]]);
        await AddAsync("admin@contoso.test", host, isForMail: false);
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        await CheckAsync(admin, host);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("the golden mail", true)]
    [InlineData("somebody who has a mailbox there", false)]
    [InlineData("no signature", false)]
    [InlineData("a signature of a name below", false)]
    [InlineData("a signature that leaves the subject to others", false)]
    [InlineData("a report about an undeliverable mail", false)]
    [InlineData("an answer that repeats the subject", false)]
    [InlineData("a bounce", false)]
    [InlineData("the token of another organization", false)]
    public async Task A_mail_of_its_postmaster_proves_a_domain(string what, bool isProven)
    {
        var domain = $"mail-{Guid.NewGuid():N}.test";
        var token = await AddAsync("admin@contoso.test", domain, isForMail: true);
        var foreign = await AddAsync("admin@fabrikam.test", domain, isForMail: true);
        var text = $"actionmail-verification={token}";
        var letter = new SenderLetter("", domain)
        {
            Local = what == "somebody who has a mailbox there" ? "somebody" : "postmaster",
            Subject = what switch { "an answer that repeats the subject" => $"Undeliverable: {text}", "the token of another organization" => "actionmail-verification=x", _ => text },
            IsSigned = what != "no signature",
            Tags = what switch
            {
                "a signature of a name below" => [$"d=mail.{domain}"],
                "a signature that leaves the subject to others" => ["h=from:to:date:message-id:mime-version:content-type"],
                _ => [],
            },
            MoreFields = what == "a report about an undeliverable mail" ? "Auto-Submitted: auto-replied\n" : "",
            To = "domain-proof@platform.test",
        };
        File.AppendAllLines(Zone, [.. letter.Zone, letter.KeyLine.Replace(domain, $"mail.{domain}", StringComparison.Ordinal)]);

        Assert.StartsWith("250", await shared.Doors.DeliverAsync(letter.Bytes(), what == "a bounce" ? "" : letter.Sender, letter.To), StringComparison.Ordinal);

        Assert.Equal(isProven, Proofs.IsProven(Contoso.OrganizationId, domain));
        Assert.Equal(isProven, Proofs.IsMailOf(Contoso.OrganizationId, domain));
        Assert.False(Proofs.IsProven(Fabrikam.OrganizationId, domain));
        Assert.NotEqual(token, foreign);
    }

    [Fact]
    public async Task A_lost_proof_is_told_and_after_seven_days_what_rests_on_it_is_suspended_until_an_administrator_resumes_it()
    {
        const string domain = "lost.test";
        var token = await AddAsync("admin@contoso.test", domain, isForMail: true);
        Publish(domain, token);
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        await CheckAsync(admin, domain);
        using var provider = new StubProvider();
        var service = new Service(shared.Doors, provider);
        var registered = await service.RegisterAsync(new
        {
            name = "Rests on it",
            senders = new[] { $"service@{domain}" },
            targets = new[] { provider.Origin },
            keys = new[] { service.Key.PublicKeyToPem() },
            scope = "organization",
            organization = "contoso.test",
        });
        registered.EnsureSuccessStatusCode();
        var watch = shared.Service<DomainWatch>();

        await watch.LookAsync(CancellationToken.None);
        Assert.True(Proofs.IsProven(Contoso.OrganizationId, domain));

        Unpublish(domain);
        shared.Clock.Pass(TimeSpan.FromDays(31));
        await watch.LookAsync(CancellationToken.None);
        Assert.False(Proofs.IsProven(Contoso.OrganizationId, domain));
        Assert.Equal("Approved", await StateAsync(service.Id));
        using var fresh = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        Assert.Contains($"The proof of {domain} is gone", await fresh.Http.GetStringAsync("/inbox"), StringComparison.Ordinal);

        shared.Clock.Pass(TimeSpan.FromDays(8));
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal("Suspended", await StateAsync(service.Id));
        Assert.Contains("domain_proof_lost", await shared.AuditAsync(domain));

        Publish(domain, token);
        shared.Clock.Pass(TimeSpan.FromDays(2));
        await watch.LookAsync(CancellationToken.None);
        Assert.True(Proofs.IsProven(Contoso.OrganizationId, domain));
    }

    [Fact]
    public async Task A_domain_with_people_in_it_stays_and_an_empty_one_goes()
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@contoso.test");
        var token = await AddAsync("admin@contoso.test", "peopled.test", isForMail: true);
        Publish("peopled.test", token);
        await CheckAsync(admin, "peopled.test");
        Assert.IsType<PeopleResult.Done>(await shared.Service<OrganizationPeople>().InviteAsync(Contoso, "first@peopled.test", "First", "", "", CancellationToken.None));

        var refused = await admin.FormAsync("/organization", "/organization?handler=RemoveDomain", new() { ["domain"] = "peopled.test" });
        Assert.Contains("People have addresses in peopled.test", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AddAsync("admin@contoso.test", "empty.test", isForMail: true);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.FormAsync("/organization", "/organization?handler=RemoveDomain", new() { ["domain"] = "empty.test" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.FormAsync("/organization", "/organization?handler=RemoveDomain", new() { ["domain"] = "fabrikam.test" })).StatusCode);
    }

    private async Task<string> AddAsync(string administrator, string domain, bool isForMail)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, administrator);
        var answer = await admin.FormAsync("/organization", "/organization?handler=AddDomain", new() { ["domain"] = domain, ["mail"] = isForMail ? "true" : "false" });
        Assert.Equal("/organization#domains", answer.Headers.Location?.OriginalString);
        var organization = shared.Person(administrator).OrganizationId;
        return (await shared.Running.ReadAsync(db => db.DomainProofs.AsNoTracking().SingleAsync(row => row.OrganizationId == organization && row.Domain == domain))).Token;
    }

    private static async Task CheckAsync(Browser admin, string domain) => Assert.Equal(
        "/organization#domains", (await admin.FormAsync("/organization", "/organization?handler=CheckDomain", new() { ["domain"] = domain })).Headers.Location?.OriginalString);

    private string Zone => Path.Combine(shared.Doors.Folder, "dns.zone");

    private void Publish(string domain, params string[] tokens)
    {
        Unpublish(domain);
        File.AppendAllLines(Zone, tokens.Select(token => $"_actionmail-challenge.{domain} TXT \"actionmail-verification={token}\""));
    }

    private void Unpublish(string domain) =>
        File.WriteAllLines(Zone, File.ReadAllLines(Zone).Where(line => !line.StartsWith($"_actionmail-challenge.{domain} ", StringComparison.Ordinal)));

    private async Task<string> StateAsync(string provider) => (await shared.Running.ReadAsync(db => db.Providers.AsNoTracking().SingleAsync(row => row.Id == provider))).State.ToString();
}
