using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>Rules that are different for the devices of a group or a role.</summary>
public sealed class RulesForSome
{
    private const string Head = "schema: 1\nid: lab\nversion: 1\ntitle: Lab\n";

    private const string Text = Head + """
        rules:
          - { id: password.min_length, expect: { op: ">=", value: 12 }, severity: low }
          - { id: password.history, expect: { op: ">=", value: 5 } }
        for:
          - { role: server, rules: [ { id: password.min_length, expect: { op: ">=", value: 15 } }, { id: backup.last_success_hours, expect: { op: "<=", value: 26 } } ] }
          - { group: kiosks, rules: [ { id: password.history, expect: { op: ignore } }, { id: password.min_length, severity: high } ] }
          - { group: loud, rules: [ { id: password.min_length, expect: { op: ">=", value: 20 } } ] }

        """;

    [Theory]
    [InlineData("", null, "password.history:5 Medium password.min_length:12 Low"), InlineData("benches", DeviceRole.Workstation, "password.history:5 Medium password.min_length:12 Low")]
    [InlineData("", DeviceRole.Server, "backup.last_success_hours:26 Medium password.history:5 Medium password.min_length:15 Low"), InlineData("kiosks", null, "password.min_length:12 High")]
    [InlineData("kiosks", DeviceRole.Server, "backup.last_success_hours:26 Medium password.min_length:15 High"), InlineData("loud kiosks", DeviceRole.Server, "backup.last_success_hours:26 Medium password.min_length:20 High")]
    public void A_device_is_asked_what_its_groups_and_role_say_and_later_entries_win(string groups, DeviceRole? role, string expected)
    {
        var findings = Read(Text).Judge(Is(role, groups), Reported.Now).Findings;

        Assert.Equal(expected.Split(' ').Chunk(2).Select(pair => string.Join(' ', pair)), findings.Select(one => $"{one.Rule}:{new string([.. one.Expected.Where(char.IsDigit)])} {one.Severity}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_set_of_groups_and_role_is_made_once()
    {
        var policy = Read(Text);

        Assert.Same(policy.For(Is(DeviceRole.Server, "kiosks")), policy.For(Is(DeviceRole.Server, "kiosks benches")));
        Assert.Same(policy, policy.For(Is(DeviceRole.Workstation, "benches")));
    }

    [Fact]
    public void What_extends_keeps_them_and_adds_its_own_behind()
    {
        var child = PolicyReader.Read(Head.Replace("id: lab", "id: mine", StringComparison.Ordinal) + """
            extends: lab
            rules: [ { id: password.min_length, expect: { op: ">=", value: 13 } } ]
            for: [ { role: server, rules: [ { id: backup.last_success_hours, expect: { op: ignore } } ] } ]
            """, _ => Read(Text)).Policy!;

        Assert.Equal("at least 15 characters", child.Judge(Is(DeviceRole.Server), Reported.Now).Findings.Single(one => one.Rule == "password.min_length").Expected);
        Assert.Equal("at least 13 characters", child.Judge(Is(null), Reported.Now).Findings.Single(one => one.Rule == "password.min_length").Expected);
        Assert.DoesNotContain(child.Judge(Is(DeviceRole.Server), Reported.Now).Findings, one => one.Rule == "backup.last_success_hours");
        Assert.False(child.DemandsTheSameAs(Read(Text)));
        Assert.True(Read(Text).DemandsTheSameAs(Read(Text)));
    }

    [Theory]
    [InlineData("{ role: server }", "7:5: `rules` is missing"), InlineData("{ rules: [ { id: password.min_length, severity: low } ] }", "7:5: an entry of `for` must name a `group` or a `role`, one of the two"), InlineData("{ group: a, role: server, rules: [ { id: password.min_length, severity: low } ] }", "7:5: an entry of `for` must name a `group` or a `role`, one of the two")]
    [InlineData("{ role: router, rules: [ { id: password.min_length, severity: low } ] }", "7:13: `role` must be workstation or server, and is `router`"), InlineData("{ group: My Kiosks, rules: [ { id: password.min_length, severity: low } ] }", "7:14: `group` must be small letters, digits and dashes, such as kiosks, and is `My Kiosks`"), InlineData("{ role: server, who: me, rules: [ { id: password.min_length, severity: low } ] }", "7:21: `who` means nothing here; known: group, role, rules")]
    [InlineData("{ role: server, rules: [ { id: password.history, severity: low } ] }", "7:30: `expect` is missing"), InlineData("{ role: server, rules: [ { id: password.history, expect: { op: ignore } } ] }", "7:62: `password.history` is asked of nobody, so there is nothing to ignore")]
    [InlineData("text", "7:5: an entry of `for` must be a mapping of keys to values, and is a text"), InlineData("{ role: server, rules: [ { id: sudo.nopasswd, expect: { op: count, value: 0 } } ] }", "7:36: `sudo.nopasswd` is no rule; the nearest is sudo.nopasswd_entries, and `sandbox-server policy rules` lists all")]
    [InlineData("{ role: server, rules: [] }", "7:28: `rules` must name at least one")]
    public void An_entry_that_is_wrong_says_where(string entry, string expected) =>
        Assert.Equal([expected], Faults(Head + $"rules: [ {{ id: password.min_length, expect: {{ op: \">=\", value: 12 }} }} ]\nfor:\n  - {entry}\n"));

    [Theory]
    [InlineData("rules: [ { id: backup.last_success_hours, expect: { op: ignore } } ]", "`backup.last_success_hours` is asked only of servers: ignore it in an entry of `for`"), InlineData("rules: [ { id: lockout.threshold, expect: { op: ignore } } ]", "`lockout.threshold` is asked of nobody, so there is nothing to ignore")]
    public void What_only_some_are_asked_is_ignored_for_some(string rules, string expected) =>
        Assert.Equal(expected, Assert.Single(PolicyReader.Read(Head.Replace("id: lab", "id: mine", StringComparison.Ordinal) + $"extends: lab\n{rules}\n", _ => Read(Text)).Faults).Message);

    [Fact]
    public void Groups_that_only_a_licence_names_are_groups_of_the_policy() =>
        Assert.Equal(["kiosks", "benches"], Read(Head + "rules: [ { id: software.licences, expect: { op: registered, products: [ { name: code, groups: [benches] } ] } } ]\nfor: [ { group: kiosks, rules: [ { id: software.licences, severity: low } ] } ]\n").Groups);

    [Fact]
    public void All_faults_of_all_entries_are_told_at_once()
    {
        var faults = Faults(Head + """
            rules: [ { id: password.min_length, expect: { op: ">=", value: 12 } } ]
            for:
              - { role: router, rules: [ { id: password.min_length, expect: { op: ">=", value: many } } ] }
              - { group: kiosks, rules: [ { id: nothing } ] }
            exemptions:
              - { rule: password.max_age_days, reason: no, until: soon, group: A, role: boss }

            """);

        Assert.Equal(["7:13", "7:84", "8:37", "10:13", "10:44", "10:55", "10:68", "10:77"], faults.Select(fault => string.Join(':', fault.Split(':')[..2])));
    }

    [Fact]
    public void Of_more_entries_than_a_set_can_hold_there_is_none()
    {
        var entry = "  - { group: g, rules: [ { id: password.min_length, severity: low } ] }\n";

        Assert.StartsWith("7:3: more than 64 entries of `for`", Assert.Single(Faults(Head + "rules: [ { id: password.min_length, expect: { op: \">=\", value: 12 } } ]\nfor:\n" + string.Concat(Enumerable.Repeat(entry, 65)))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_policy_demands_of_whom_stands_in_a_list()
    {
        var words = PolicyDemand.Of(Read(Text)).Select(one => one.Words);

        Assert.Equal(
        [
            "every device: password.min_length: at least 12 characters", "every device: password.history: the last 5 passwords or more are refused", "servers: password.min_length: at least 15 characters",
            "servers: backup.last_success_hours: a backup onto other disks ended well within the last 26 hours", "devices of the group kiosks: password.history: not asked",
            "devices of the group kiosks: password.min_length: at least 12 characters", "devices of the group loud: password.min_length: at least 20 characters",
        ], words);
    }

    [Fact]
    public void What_is_said_twice_of_the_same_devices_is_demanded_as_it_judges()
    {
        var policy = Read(Head + """
            rules: [ { id: password.min_length, expect: { op: ">=", value: 12 } } ]
            for:
              - { group: kiosks, rules: [ { id: password.min_length, expect: { op: ">=", value: 8 } } ] }
              - { group: kiosks, rules: [ { id: password.min_length, severity: high } ] }

            """);

        var demand = PolicyDemand.Of(policy)[^1];

        Assert.Equal(2, PolicyDemand.Of(policy).Count);
        Assert.Equal(("devices of the group kiosks: password.min_length: at least 8 characters", Severity.High), (demand.Words, demand.Severity));
    }

    [Fact]
    public void Facts_that_only_some_devices_are_judged_by_are_read_of_all()
    {
        var policy = Read(Text);

        Assert.Contains(Fact.KindOneofCase.Backup, policy.Reads);
        Assert.Contains(Fact.KindOneofCase.Services, policy.Reads);
        Assert.DoesNotContain(Fact.KindOneofCase.Services, Read(Head + "rules: [ { id: password.min_length, expect: { op: \">=\", value: 12 } } ]\n").Reads);
    }

    private static DeviceFacts Is(DeviceRole? role, string groups = "") => new() { About = new AboutDevice { Role = role, Groups = groups.Split(' ').ToHashSet() } };

    private static Policy Read(string text)
    {
        var reading = PolicyReader.Read(text);
        Assert.True(reading.Policy is not null, string.Join('\n', reading.Faults));
        return reading.Policy;
    }

    private static IReadOnlyList<string> Faults(string text) => [.. PolicyReader.Read(text).Faults.Select(fault => fault.ToString())];
}
