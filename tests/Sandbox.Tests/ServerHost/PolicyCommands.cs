using System.Text.Json;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Server.Hosting;

namespace Sandbox.Tests.ServerHost;

/// <summary><c>sandbox-server policy</c>, as a shell would run it.</summary>
public sealed class PolicyCommands : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_profiles_are_listed_and_each_is_printed_as_a_policy()
    {
        var (code, list, _) = await RunAsync("policy", "list");

        Assert.Equal(0, code);
        Assert.Equal(PolicyProfiles.Ids, list.Split('\n').Where(line => line.Contains('/', StringComparison.Ordinal) && line[0] != ' ').Select(line => line.Split('/')[0]));
        Assert.Contains("note: It demands that passwords are changed at intervals", list, StringComparison.Ordinal);
        foreach (var id in PolicyProfiles.Ids) Assert.Equal(id, PolicyReader.Read((await RunAsync("policy", "print", id)).Output).Policy?.Id);
    }

    [Fact]
    public async Task Every_fault_of_every_file_is_told_as_compilers_do()
    {
        var (good, bad) = (File("good.yaml", PolicyProfiles.Text("stig")!), File("bad.yaml", "schema: 1\nid: x\nversion: 0\ntitle: t\nextends: stig\nowner: me\n"));

        var (code, output, _) = await RunAsync("policy", "check", good, bad);

        Assert.Equal(1, code);
        Assert.Equal($"{good}: stig/2, 16 rules and 4 for groups and roles, extends lab-default/2\n{bad}:3:10: `version` must be a whole number from 1 to 2147483647, and is `0`\n{bad}:6:1: `owner` means nothing here; known: schema, id, version, title, source, note, extends, rules, for, exemptions\n", output);
        Assert.Equal(0, (await RunAsync("policy", "check", good)).Code);
    }

    [Fact]
    public async Task Facts_of_an_agent_are_judged_at_the_instant_that_is_named()
    {
        var facts = File("facts.json", """{ "passwordPolicy": { "effectiveMinLength": 8 }, "accounts": { "accounts": [ { "name": "anna", "uid": 1001, "passwordState": "SET", "lastChangeDay": "20700", "maxDays": "90" } ] } }""");

        var (code, output, _) = await RunAsync("policy", "judge", "--facts", facts, "--at", "2026-11-23T12:00:00Z");

        using var json = JsonDocument.Parse(output);
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal((1, LabDefault.Name), (code, json.RootElement.GetProperty("policy").GetString()));
        Assert.Equal("fail", findings.Single(one => one.GetProperty("rule").GetString() == "password.min_length").GetProperty("verdict").GetString());
        Assert.Equal("pass", findings.Single(one => one.TryGetProperty("subject", out var subject) && subject.GetString() == "anna").GetProperty("verdict").GetString());
        Assert.Equal("2026-12-04T00:00:00Z", json.RootElement.GetProperty("nextInstant").GetString());
    }

    [Fact]
    public async Task Facts_are_judged_by_the_groups_and_the_role_that_are_named()
    {
        var policy = File("mine.yaml", "schema: 1\nid: mine\nversion: 1\ntitle: Mine\nrules:\n  - { id: password.min_length, expect: { op: \">=\", value: 8 } }\nfor:\n  - { group: kiosks, rules: [ { id: password.min_length, expect: { op: \">=\", value: 12 } } ] }\n  - { role: server, rules: [ { id: password.min_length, expect: { op: ignore } } ] }\n");
        var facts = File("facts.json", """{ "passwordPolicy": { "effectiveMinLength": 9 } }""");

        Assert.Equal(0, (await RunAsync("policy", "judge", "--policy", policy, "--facts", facts)).Code);
        Assert.Equal(1, (await RunAsync("policy", "judge", "--policy", policy, "--facts", facts, "--group", "benches", "--group", "kiosks")).Code);
        Assert.DoesNotContain("min_length", (await RunAsync("policy", "judge", "--policy", policy, "--facts", facts, "--group", "kiosks", "--role", "server")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exemption_whose_day_is_past_is_told_and_is_no_fault()
    {
        var policy = File("mine.yaml", "schema: 1\nid: mine\nversion: 1\ntitle: Mine\nextends: lab-default\nexemptions:\n  - { rule: password.history, reason: it is a kiosk, until: 2020-01-31 }\n");

        var (code, output, _) = await RunAsync("policy", "check", policy);

        Assert.Equal(0, code);
        Assert.EndsWith($"{policy}: warning: the exemption from password.history ended with 2020-01-31 and exempts nobody: take it out, or give it another day (it is a kiosk)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_licence_whose_day_is_past_is_told_and_is_no_fault()
    {
        var policy = File("mine.yaml", "schema: 1\nid: mine\nversion: 1\ntitle: Mine\nrules: [ { id: software.licences, expect: { op: registered, products: [ { name: code, until: 2020-01-31 }, { name: visio, until: 2999-01-31 } ] } } ]\n");

        var (code, output, _) = await RunAsync("policy", "check", policy);

        Assert.Equal((0, 2), (code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.EndsWith($"{policy}: warning: the licence of code ended with 2020-01-31, so every device that has it fails: give it another day, or say `seats: 0`\n", output, StringComparison.Ordinal);
    }

    [Theory, InlineData("--group", "My Kiosks", "cannot be the name of a group"), InlineData("--device", "kiosk-1", "is no device's id")]
    public async Task What_can_be_no_group_and_no_device_is_refused(string option, string value, string words)
    {
        var (code, _, error) = await RunAsync("policy", "judge", "--facts", File("facts.json", "{}"), option, value);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_is_listed_with_its_operators()
    {
        var (code, output, _) = await RunAsync("policy", "rules");

        Assert.Equal(0, code);
        Assert.Contains("password.min_length: >=\n", output, StringComparison.Ordinal);
        Assert.Equal(KnownRule.All.Count, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task What_passes_ends_with_0_by_a_policy_of_ones_own()
    {
        var policy = File("mine.yaml", "schema: 1\nid: mine\nversion: 1\ntitle: Mine\nrules:\n  - { id: password.min_length, expect: { op: \">=\", value: 8 } }\n");

        var (code, output, _) = await RunAsync("policy", "judge", "--policy", policy, "--facts", File("facts.json", """{ "passwordPolicy": { "effectiveMinLength": 8 } }"""));

        Assert.Equal(0, code);
        Assert.DoesNotContain("subject", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "this is no JSON"), InlineData("[]", "an object with a property per fact"), InlineData("""{ "colour": {} }""", "colour is no fact. Known: "), InlineData("""{ "passwordPolicy": { "minimum": 8 } }""", "passwordPolicy: "), InlineData("""{ "passwordPolicy": 5 }""", "passwordPolicy: ")]
    public async Task Facts_that_are_none_are_told_with_their_place(string text, string expected)
    {
        var path = File("facts.json", text);

        var (code, output, error) = await RunAsync("policy", "judge", "--facts", path);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(path, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory, InlineData("policy", "print", "cis"), InlineData("policy", "check", "/nowhere.yaml"), InlineData("policy", "judge", "--facts", "/nowhere.json"), InlineData("policy", "judge", "--facts", "/dev/null", "--policy", "cis")]
    public async Task What_is_not_there_is_named(params string[] args)
    {
        var (code, _, error) = await RunAsync(args);

        Assert.Equal(2, code);
        Assert.Contains(args[^1], error, StringComparison.Ordinal);
    }

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.Path, name), text);
        return Path.Combine(_folder.Path, name);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await ServerProgram.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
