using Sandbox.Agent.Collecting;
using Sandbox.Agent.Doctor;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Doctor;

public sealed class Remedies : IDisposable
{
    private const string Log = "/var/log/audit/audit.log";
    private readonly MachineFiles _files = new MachineFiles().With("proc/1/comm", "init\n");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Each_names_what_it_is_about() =>
        Assert.Equal([new Remedy("/usr/sbin/cupsd", "Start CUPS")], Remedy.Of([("/usr/sbin/cupsd", "Start CUPS"), ("/etc/x", null)]));

    [Theory]
    [InlineData(1, "a"), InlineData(2, "a and b"), InlineData(3, "a and 2 more")]
    public void One_that_helps_several_things_is_said_once(int things, string about) =>
        Assert.Equal([new Remedy(about, "Type x")], Remedy.Of(new[] { "a", "b", "c" }.Take(things).Select(what => (what, (string?)"Type x"))));

    [Fact]
    public void A_command_that_another_one_names_is_not_said_twice()
    {
        var diagnosis = new Agent.Doctor.Diagnosis("root", true, [Part(new UnseenThing(Log, "not present", "sudo apt install auditd"))]) { Audit = AuditStanding.Of(isOn: false, Auditd) };

        var remedy = Assert.Single(diagnosis.Remedies);

        Assert.Equal("Linux audit", remedy.About);
        Assert.EndsWith("doctor --fix. For good: sudo apt install auditd", remedy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Auditd_that_is_not_there_is_to_be_installed()
    {
        var note = new UnseenThing(Log, "not present", "sudo apt install auditd");

        Assert.Equal("sudo apt install auditd", Auditd.Remedy);
        Assert.Equal(note, Auditd.Explain(note));
        Assert.Equal(note, Auditd.Explain(note with { Remedy = "sudo systemctl restart auditd" }));
    }

    [Fact]
    public void Auditd_that_is_installed_and_does_not_run_is_to_be_started()
    {
        _files.With("usr/sbin/auditd", "").With("etc/init.d/auditd", "");

        Assert.Equal(
            new UnseenThing(Log, "not present; auditd is installed and does not run", "Start auditd: sudo service auditd start"),
            Auditd.Explain(new UnseenThing(Log, "not present", "sudo apt install auditd")));
        Assert.EndsWith("For good: Start auditd: sudo service auditd start", AuditStanding.Of(isOn: false, Auditd).Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "sudo systemctl restart auditd"), InlineData(false, "sudo service auditd restart")]
    public void Auditd_that_runs_and_has_no_log_is_to_be_started_anew(bool systemd, string remedy)
    {
        _files.With("usr/sbin/auditd", "").With("proc/7/comm", "auditd\n");
        if (systemd) _files.WithFolder("run/systemd/system");

        Assert.Null(Auditd.Remedy);
        Assert.Equal(remedy, Auditd.Explain(new UnseenThing(Log, "not present", "sudo apt install auditd")).Remedy);
    }

    [Fact]
    public void Notes_of_other_things_stay_as_they_are()
    {
        _files.With("usr/sbin/auditd", "");
        var note = new UnseenThing("/etc/passwd", "not present", "sudo apt install auditd");

        Assert.Equal(note, Auditd.Explain(note));
    }

    [Fact]
    public void What_is_switched_on_says_once_until_when_and_how_to_switch_it_off_again()
    {
        var words = Repair.Words(on: true, was: false, Auditd);

        Assert.Matches("^Linux audit was off and is on now, until this machine starts again. To switch it off before that: sudo .*sandbox-agent doctor --undo. To keep it on: sudo apt install auditd$", words);
    }

    [Theory]
    [InlineData(true, true, "Linux audit is on: nothing to mend."), InlineData(false, false, "Linux audit is off: nothing to take back."), InlineData(false, true, "Linux audit was on and is off now.")]
    public void What_is_as_it_was_or_taken_back_is_said(bool on, bool was, string words) => Assert.Equal(words, Repair.Words(on, was, Auditd));

    private Auditd Auditd => Auditd.Of(new RootFolder(_files.Root));

    private static PartDiagnosis Part(params UnseenThing[] unseen) => new("acts", Sight.Partly, null, unseen, 1, null, 1);
}
