using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Security J-05: what is approved for everybody rests on proofs that are there at that moment.</summary>
public sealed class ProofAgainTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    private const string Name = "Travel for everybody";

    [Theory]
    [InlineData("the proof is there", null)]
    [InlineData("the record is gone", "domain_unproven")]
    [InlineData("another record is there", "domain_unproven")]
    [InlineData("the DNS gives no answer", "domain_check_failed")]
    public async Task Before_a_Global_approval_each_proof_is_asked_for_again(string what, string? code)
    {
        var (domain, token) = await ProvenAsync();
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, Name, $"travel@{domain}"));
        Publish(domain, what switch
        {
            "the proof is there" => $"TXT \"actionmail-verification={token}\"",
            "another record is there" => "TXT \"actionmail-verification=another\"",
            "the DNS gives no answer" => "SERVFAIL",
            _ => null,
        });

        var result = await ApproveAsync(id, hash);

        Assert.Equal(code, (result as RegistrationResult.Conflict)?.Code);
        Assert.Equal(code is null ? ProviderState.Approved : ProviderState.Submitted, (await platform.RowAsync(id)).State);
        // No answer is no loss.
        Assert.Equal(code != "domain_unproven", platform.Service<DomainProofs>().IsProven(platform.Person(ApprovalPlatform.Developer).OrganizationId, domain));
        Assert.Equal(code == "domain_unproven", await platform.Running.ReadAsync(db => db.Messages.AnyAsync(row => row.Subject == $"The proof of {domain} is gone")));
        if (code is null)
            return;
        Publish(domain, $"TXT \"actionmail-verification={token}\"");
        await CheckAsync(domain);
        Assert.IsType<RegistrationResult.Done>(await ApproveAsync(id, hash));
    }

    // A mail leaves nothing to look at; it is good for as long as a look is.
    [Theory]
    [InlineData(29, null)]
    [InlineData(31, "domain_check_failed")]
    public async Task A_proof_by_mail_counts_for_a_month(int days, string? code)
    {
        var (domain, _) = await ProvenAsync();
        Publish(domain, null);
        await platform.Service<StoreWriter>().WriteAsync(
            db => db.DomainProofs.Where(row => row.Domain == domain).ExecuteUpdate(row => row.SetProperty(proof => proof.Way, ProofWay.Mail)
                .SetProperty(proof => proof.CheckedAt, platform.Clock.GetUtcNow().AddDays(-days))), ApprovalPlatform.Cancel);
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, Name, $"travel@{domain}"));

        var result = await ApproveAsync(id, hash);

        Assert.Equal(code, (result as RegistrationResult.Conflict)?.Code);
        // It was asked for, and is as old as it was.
        if (code is not null)
            Assert.Equal(code, (await ApproveAsync(id, hash) as RegistrationResult.Conflict)?.Code);
    }

    // Nobody has the platform ask other people's DNS by a decision that cannot come about.
    [Theory]
    [InlineData(ApprovalPlatform.Administrator, Name)]
    [InlineData(ApprovalPlatform.Developer, Name)]
    [InlineData(ApprovalPlatform.Reviewer, "another name")]
    public async Task Of_a_decision_that_cannot_come_about_nothing_is_asked(string who, string typed)
    {
        var (domain, _) = await ProvenAsync();
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, Name, $"travel@{domain}"));
        Publish(domain, null);

        Assert.IsNotType<RegistrationResult.Done>(await platform.DecideAsync(who, id, hash, provenAt: platform.Clock.GetUtcNow(), typed: typed));

        Assert.True(platform.Service<DomainProofs>().IsProven(platform.Person(ApprovalPlatform.Developer).OrganizationId, domain));
    }

    // The operator vouches for contoso.test, and nobody publishes anything for it.
    [Fact]
    public async Task What_the_operator_vouches_for_is_not_asked_for()
    {
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content(ProviderScope.Global, Name));

        Assert.IsType<RegistrationResult.Done>(await ApproveAsync(id, hash));
    }

    private Task<RegistrationResult> ApproveAsync(string id, byte[] hash) =>
        platform.DecideAsync(ApprovalPlatform.Reviewer, id, hash, provenAt: platform.Clock.GetUtcNow(), typed: Name);

    private async Task<(string Domain, string Token)> ProvenAsync()
    {
        var domain = $"again-{Guid.NewGuid():N}.test";
        var added = Assert.IsType<DomainResult.Done>(await platform.Service<ClaimDomain>().AddAsync(platform.Person(ApprovalPlatform.Administrator), domain, isForMail: true, "", ApprovalPlatform.Cancel));
        Publish(domain, $"TXT \"actionmail-verification={added.Proof.Token}\"");
        await CheckAsync(domain);
        Assert.True(platform.Service<DomainProofs>().IsProven(added.Proof.OrganizationId, domain));
        return (domain, added.Proof.Token);
    }

    private Task<DomainResult> CheckAsync(string domain) =>
        platform.Service<CheckDomain>().CheckAsync(platform.Person(ApprovalPlatform.Administrator).OrganizationId, domain, ApprovalPlatform.Administrator, "", ApprovalPlatform.Cancel);

    private void Publish(string domain, string? record)
    {
        var zone = Path.Combine(platform.Running.Doors.Folder, "dns.zone");
        var others = (File.Exists(zone) ? File.ReadAllLines(zone) : []).Where(line => !line.StartsWith($"_actionmail-challenge.{domain} ", StringComparison.Ordinal));
        File.WriteAllLines(zone, record is null ? others : others.Append($"_actionmail-challenge.{domain} {record}"));
    }
}
