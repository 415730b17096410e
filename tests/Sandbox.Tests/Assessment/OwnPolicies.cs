using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>A lab's own policy judges what devices report.</summary>
public sealed class OwnPolicies
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fact_that_only_an_own_policy_reads_gets_a_verdict_and_changes_it_at_once()
    {
        await using var server = await RunningIngest.StartAsync(policy: Policy("- { id: firewall.active, expect: { op: eq, value: true } }"));
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Allow, Ipv6Input = FirewallDefault.Allow } }));
        await talk.SettleAsync(device.Say(new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Deny, Ipv6Input = FirewallDefault.Deny } }));

        var finding = Assert.Single(await server.QueryAsync(db => db.Findings.ToListAsync(Ct)));
        Assert.Equal(("firewall.active", Verdict.Pass, "north/2"), (finding.Rule, finding.Verdict, finding.Policy));
        Assert.Equal([Verdict.Fail, Verdict.Pass], (await server.QueryAsync(db => db.Transitions.OrderBy(row => row.Id).ToListAsync(Ct))).Select(row => row.To!.Value));
    }

    [Fact]
    public async Task One_device_is_exempt_by_its_id_until_the_day_is_over()
    {
        var id = DeviceId.New();
        await using var server = await RunningIngest.StartAsync(policy: Policy("- { id: firewall.active, expect: { op: eq, value: true } }",
            $"exemptions: [{{ rule: firewall.active, device: {id}, reason: behind a router, until: {ReportingDevice.Start:yyyy-MM-dd} }}]"));
        var (exempt, other) = (await ReportingDevice.EnrolAsync(server.Store, id: id), await server.EnrolAsync());
        foreach (var one in (ReportingDevice[])[exempt, other])
            await (await server.OpenAsync(one)).SettleAsync(one.Say(new Fact { Firewall = new Firewall { Ipv4Input = FirewallDefault.Allow } }));

        var findings = await server.QueryAsync(db => db.Findings.ToListAsync(Ct));
        Assert.Equal((Verdict.Exempt, Verdict.Fail), (findings.Single(row => row.DeviceId == exempt.Id).Verdict, findings.Single(row => row.DeviceId == other.Id).Verdict));
    }

    private static Policy Policy(string rule, string more = "") => PolicyReader.Read($"schema: 1\nid: north\nversion: 2\ntitle: North\nrules:\n  {rule}\n{more}\n").Policy!;
}
