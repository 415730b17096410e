using System.Text.Json;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Doctor;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Doctor;

public sealed class DoctorSays : IDisposable
{
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task What_is_seen_without_a_word_more()
    {
        _files.With("etc/login.defs", "PASS_MAX_DAYS 90\n");

        var lines = await LinesAsync(new FileCollector(_files.Root, "etc/login.defs", Fact.KindOneofCase.Hardware));

        Assert.Contains(lines, line => line.Contains(" seen; woken by ", StringComparison.Ordinal));
        Assert.Equal("All is seen.", lines[^1]);
    }

    [Fact]
    public async Task What_is_not_seen_why_and_what_to_type()
    {
        _files.With("etc/machine-id", "no number");

        var (code, text) = await RunAsync(json: false);

        Assert.Equal(1, code);
        Assert.Contains("  not seen: /etc/machine-id: not 32 hexadecimal digits", text, StringComparison.Ordinal);
        Assert.Contains("What to do:", text, StringComparison.Ordinal);
        Assert.Contains("sudo systemd-machine-id-setup", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_do_about_what_cannot_be_helped()
    {
        var diagnosis = new Agent.Doctor.Diagnosis("root", true, [new PartDiagnosis("hardware", Sight.Partly, null, [new UnseenThing("/sys/class/dmi/id", "not present", null)], 1, null, 1)]);

        Assert.True(diagnosis.Healthy);
        Assert.Equal("Nothing can be done about what is not seen.", DiagnosisText.Lines(diagnosis).Last());
    }

    [Theory]
    [InlineData(Sight.Failed, null), InlineData(Sight.Seen, "no further inotify instance")]
    public void A_part_that_failed_or_is_not_woken_is_something_to_do(object sight, string? trouble) =>
        Assert.False(new Agent.Doctor.Diagnosis("root", true, [new PartDiagnosis("hardware", (Sight)sight, null, [], 1, trouble, 1)]).Healthy);

    [Fact]
    public async Task Each_remedy_once()
    {
        var (_, text) = await RunAsync(json: false);

        var remedies = text[text.IndexOf("What to do:", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal(remedies.Distinct(), remedies);
    }

    [Fact]
    public async Task A_line_for_every_collector()
    {
        var (_, text) = await RunAsync(json: false);

        Assert.All(AllCollectors.For(_files.Root), collector => Assert.Matches($"(?m)^{collector.Name} +", text));
    }

    [Fact]
    public async Task The_same_as_json_for_programs()
    {
        var (code, text) = await RunAsync(json: true);

        using var json = JsonDocument.Parse(text);
        var software = json.RootElement.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "software");
        Assert.Equal((1, "Partly"), (code, software.GetProperty("sight").GetString()));
        Assert.Equal("/var/lib/dpkg/status", software.GetProperty("unseen")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task A_folder_that_is_none_is_named_with_what_to_type()
    {
        var fault = await Assert.ThrowsAsync<SetupException>(() => DoctorCommand.RunAsync("/nowhere/at/all", json: false, TextWriter.Null, TestContext.Current.CancellationToken));

        Assert.Equal($"/nowhere/at/all is no folder. Name the one that stands for /, or type: {Typed.Agent("doctor")}", fault.Message);
    }

    [Fact]
    public void Linux_audit_that_is_off_is_said_with_what_to_type()
    {
        var diagnosis = new Agent.Doctor.Diagnosis("root", true, []) { Audit = AuditStanding.Of(isOn: false, NoAuditd) };

        var lines = DiagnosisText.Lines(diagnosis).ToList();

        Assert.False(diagnosis.Healthy);
        Assert.Contains("Linux audit is switched off, so nobody is named better than by sudo's own word.", lines);
        Assert.Contains($"  Linux audit: Switch it on, until this machine starts again: {Typed.AsRoot("doctor --fix")}", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Linux_audit_that_is_on_is_said_and_nothing_is_to_be_done()
    {
        var diagnosis = new Agent.Doctor.Diagnosis("root", true, []) { Audit = AuditStanding.Of(isOn: true, NoAuditd) };

        Assert.Contains("Linux audit is switched on.", DiagnosisText.Lines(diagnosis));
        Assert.True(diagnosis.Healthy);
    }

    [Theory]
    [InlineData(1, false, "the kernel tells root alone"), InlineData(1, true, "not even root"), InlineData(93, true, "This kernel has no Linux audit."), InlineData(110, true, "the kernel does not say")]
    public void Linux_audit_that_cannot_be_asked_is_said_so_and_is_neither_on_nor_off(int error, bool isRoot, string words)
    {
        var standing = AuditStanding.Of(new KernelRefusal(error), isRoot);

        Assert.Equal((null, null), (standing.IsOn, standing.Remedy));
        Assert.Contains(words, standing.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_another_system_nothing_is_said_of_audit() =>
        Assert.DoesNotContain("Linux audit is switched", (await RunAsync(json: false)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Without_systemd_no_systemctl_is_recommended()
    {
        _files.With("proc/1/comm", "init\n").With("usr/sbin/cupsd", "").With("usr/sbin/clamd", "").With("usr/sbin/auditd", "").With("etc/init.d/cups", "");

        var (_, text) = await RunAsync(json: false);

        Assert.Contains("  /usr/sbin/cupsd: Start CUPS: sudo service cups start", text, StringComparison.Ordinal);
        Assert.DoesNotContain("systemctl", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fix"), InlineData("--undo")]
    public async Task Another_system_is_not_changed(string option)
    {
        var parsed = DoctorCommand.Create().Parse([option, "--root", _files.Root]);

        var fault = await Assert.ThrowsAsync<SetupException>(() => parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Equal($"{option} changes the running system, not {_files.Root}. Leave out --root.", fault.Message);
    }

    private static Auditd NoAuditd { get; } = new(IsInstalled: false, Runs: false, SystemdRuns: true, "");

    private async Task<(int Code, string Text)> RunAsync(bool json)
    {
        using var output = new StringWriter();
        var code = await DoctorCommand.RunAsync(_files.Root, json, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private async Task<List<string>> LinesAsync(ICollector collector) =>
        [.. DiagnosisText.Lines(await Examination.OfAsync(_files.Root, [collector], TestContext.Current.CancellationToken))];
}
