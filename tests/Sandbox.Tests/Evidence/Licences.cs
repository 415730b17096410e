using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Policies;

namespace Sandbox.Tests.Evidence;

/// <summary>What needs a licence, who holds one, until when, and what is installed without one.</summary>
public sealed class Licences
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("name: \"teamviewer*\"", Verdict.Pass), InlineData("name: \"teamviewer*\", seats: 0", Verdict.Fail), InlineData("name: \"teamviewer*\", groups: [support]", Verdict.Fail), InlineData("name: \"teamviewer*\", groups: [kiosks, benches]", Verdict.Pass)]
    [InlineData("name: \"teamviewer*\", devices: [" + Id + "]", Verdict.Pass), InlineData("name: \"teamviewer*\", devices: [fedcba9876543210fedcba9876543210]", Verdict.Fail), InlineData("name: \"teamviewer*\", groups: [support], devices: [" + Id + "]", Verdict.Pass)]
    public void What_is_installed_must_be_held_by_the_device(string product, Verdict expected)
    {
        var finding = Of(product, "teamviewer-host");

        Assert.Equal(("teamviewer*", expected, "teamviewer-host 15.1"), (finding.Subject, finding.Verdict, finding.Observed));
    }

    [Theory]
    [InlineData("\"Microsoft Visio*\"", "Microsoft Visio 2021 - en-us", true), InlineData("\"*Visio*\"", null, false), InlineData("code", "CODE", true), InlineData("code", "codelite", false), InlineData("\"*-pro\"", "editor-pro", true), InlineData("\"a*a\"", "a", false)]
    public void A_name_is_a_package_or_a_program_with_one_star_at_most(string name, string? installed, bool fits)
    {
        var reading = PolicyReader.Read($"schema: 1\nid: lab\nversion: 1\ntitle: t\nrules: [ {{ id: software.licences, expect: {{ op: registered, products: [ {{ name: {name}, seats: 0 }} ] }} }} ]\n");
        if (installed is null)
        {
            Assert.Contains("with one `*` at most", Assert.Single(reading.Faults).Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(fits ? Verdict.Fail : Verdict.Pass, Of($"name: {name}, seats: 0", installed).Verdict);
    }

    [Theory]
    [InlineData("2026-12-31", Verdict.Pass, "code 15.1", "2026-12-02"), InlineData("2026-12-22", Verdict.Pass, "code 15.1; the licence ends with 2026-12-22", "2026-12-23"), InlineData("2026-11-23", Verdict.Pass, "code 15.1; the licence ends with 2026-11-23", "2026-11-24"), InlineData("2026-11-22", Verdict.Fail, "code 15.1", null)]
    public void A_licence_that_ends_is_told_for_a_month_and_then_fails_by_time_alone(string until, Verdict expected, string observed, string? next)
    {
        var judgement = Judge($"name: code, until: {until}", Installed("code"));

        var finding = Assert.Single(judgement.Findings);
        Assert.Equal((expected, observed), (finding.Verdict, finding.Observed));
        Assert.Equal(next, judgement.NextInstant?.ToString("yyyy-MM-dd"));
        if (expected == Verdict.Fail) Assert.Equal("the licence ended with 2026-11-22", finding.Reason);
    }

    [Fact]
    public void What_is_not_installed_passes_and_a_list_that_could_not_be_read_is_not_known()
    {
        Assert.Equal((Verdict.Pass, "not installed"), (Of("name: code", "bash").Verdict, Of("name: code", "bash").Observed));
        Assert.Equal(Verdict.Unknown, Assert.Single(Judge("name: code", new Software { Unseen = { new Unseen { What = "/var/lib/dpkg/status", Why = "permission denied" } } }).Findings).Verdict);
        Assert.Equal("no software has been reported", Assert.Single(Judge("name: code", null).Findings).Reason);
    }

    [Theory, InlineData("snap", "permission denied", Verdict.Unknown), InlineData("/var/lib/flatpak/app", "permission denied", Verdict.Unknown), InlineData("/var/lib/flatpak/app", "not present", Verdict.Pass)]
    public void What_may_lie_where_the_agent_could_not_look_is_not_known(string place, string why, Verdict expected)
    {
        var software = Installed("bash");
        software.Unseen.Add(new Unseen { What = place, Why = why });
        software.Unseen.Add(new Unseen { What = "/var/lib/rpm", Why = "not present" });

        var finding = Assert.Single(Judge("name: code", software).Findings);

        Assert.Equal((expected, expected == Verdict.Pass ? null : $"the agent cannot read {place}: {why}"), (finding.Verdict, finding.Reason));
    }

    [Theory]
    [InlineData("name: code", "code is installed only by who holds a licence: every device"), InlineData("name: code, seats: 1", "code is installed only by who holds a licence: every device, 1 seat"), InlineData("name: code, seats: 0", "code is installed only by who holds a licence: nobody")]
    [InlineData("name: \"teamviewer*\", groups: [benches], seats: 5, until: 2027-01-31", "teamviewer* is installed only by who holds a licence: devices of the group benches, 5 seats, until 2027-01-31")]
    public void Which_product_it_is_about_stands_in_what_is_expected(string product, string expected) => Assert.Equal(expected, Of(product, "bash").Expected);

    [Theory]
    [InlineData("name: a", "6:76: `name` must be the name of a package or program*"), InlineData("name: code, groups: [My Group]", "6:91: `groups` must name what can be a group*"), InlineData("name: code, devices: [kiosk-1]", "6:92: `devices` must name what can be a device's id*")]
    [InlineData("name: code, seats: 1, devices: [" + Id + ", " + Id + "]", "6:101: 2 devices are named, and there are 1 seats"), InlineData("name: code, until: soon", "6:89: `until` must be a day*"), InlineData("name: code, seats: 0, groups: [kiosks]", "6:*: `seats: 0` says that nobody holds it*"), InlineData("seats: 1", "6:68: `name` is missing"), InlineData("name: code }, { name: CODE", "6:84: `CODE` stands here twice*")]
    [InlineData("name: code, devices: []", "6:91: `devices` names nobody*"), InlineData("name: code, groups: []", "6:90: `groups` names nobody*"), InlineData("name: code, groups: [benches, kiosks, My Group]", "6:108: `groups` must name what can be a group*`My Group` is none")]
    public void A_register_that_is_wrong_says_where(string product, string expected)
    {
        var faults = PolicyReader.Read($"schema: 1\nid: lab\nversion: 1\ntitle: t\nrules:\n  - {{ id: software.licences, expect: {{ op: registered, products: [ {{ {product} }} ] }} }}\n").Faults;

        Assert.True(System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(expected, Assert.Single(faults).ToString()), string.Join('\n', faults));
    }

    [Fact]
    public void A_register_names_something() => Assert.EndsWith("`products` must name at least one", Assert.Single(PolicyReader.Read("schema: 1\nid: lab\nversion: 1\ntitle: t\nrules: [ { id: software.licences, expect: { op: registered, products: [] } } ]\n").Faults).ToString(), StringComparison.Ordinal);

    private static Finding Of(string product, string installed) => Assert.Single(Judge(product, Installed(installed)).Findings);

    private static Judgement Judge(string product, Software? software) => OneRule.Judge(
        $"id: software.licences, expect: {{ op: registered, products: [ {{ {product} }} ] }}", software is null ? null : new Fact { Software = software },
        new AboutDevice { Device = Id, Groups = new HashSet<string> { "benches" } });

    private static Software Installed(string name) => new() { Packages = { new Package { Name = "bash" }, new Package { Name = name, Version = "15.1" } } };
}
