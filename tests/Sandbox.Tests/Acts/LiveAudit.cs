using System.Diagnostics;
using Sandbox.Agent;
using Sandbox.Agent.Acts;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Doctor;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>The real kernel's audit and a real useradd, below a folder of its own. Audit is left as it was.</summary>
public sealed class LiveAudit : IDisposable
{
    private const uint LoginUid = 4242;
    private readonly MachineFiles _files = new MachineFiles().With("etc/passwd", "root:x:0:0::/root:/bin/sh\n").With("etc/shadow", "root:*:1::::::\n").With("etc/group", "root:x:0:\n").With("etc/gshadow", "root:*::\n");
    private readonly string? _missing;
    private readonly bool _wasOn;

    public LiveAudit()
    {
        try
        {
            _wasOn = AuditSwitch.IsOn();
            if (!File.Exists("/usr/sbin/useradd")) _missing = "useradd is not installed";
            else if (!_wasOn) AuditSwitch.Turn(true);
        }
        catch (KernelRefusal refusal)
        {
            _missing = $"this machine's kernel lets nobody switch Linux audit here: {refusal.Message}";
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (_missing is null && !_wasOn) AuditSwitch.Turn(false);
        _files.Dispose();
    }

    [Fact]
    public async Task Who_did_what_is_known_though_nothing_writes_a_log()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var heard = new HeardRecords();
        using var ear = AuditEar.Listen(new RootFolder(_files.Root), heard, () => { });
        Assert.NotNull(ear);
        var acts = new LinuxActs(_files.Root, null, TimeProvider.System, heard);
        (string Command, Action Action, string Name)[] session =
        [
            ("groupadd lab", Action.AddGroup, "lab"), ("useradd newbie", Action.AddAccount, "newbie"), ("usermod -aG lab newbie", Action.AddMember, "newbie"),
            ("userdel newbie", Action.RemoveAccount, "newbie"), ("groupdel lab", Action.RemoveGroup, "lab"),
        ];

        foreach (var (command, action, name) in session)
        {
            // As in a session of somebody who has become root.
            await RunAsync("sh", "-c", $"echo {LoginUid} > /proc/self/loginuid && exec {command.Split(' ')[0]} --prefix \"$1\" {string.Join(' ', command.Split(' ')[1..])}", "sh", _files.Root);

            var act = await ActAsync(acts, act => act.Action == action && act.Actor.LoginUid == LoginUid);
            Assert.Equal((Method.A1, Source.Audit, $"/usr/sbin/{command.Split(' ')[0]}"), (act.Method, act.Source, act.Program));
            Assert.Equal(name, act.Objects[0].Name);
        }
    }

    [Fact]
    public async Task What_nobody_logged_in_for_is_nobodys()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var heard = new HeardRecords();
        using var ear = AuditEar.Listen(new RootFolder(_files.Root), heard, () => { });
        var acts = new LinuxActs(_files.Root, null, TimeProvider.System, heard);

        await RunAsync("sh", "-c", "echo 4294967295 > /proc/self/loginuid; exec groupadd --prefix \"$1\" nobodys", "sh", _files.Root);

        var act = await ActAsync(acts, act => act.Objects.Any(one => one.Name == "nobodys"));
        Assert.Equal((Method.None, true), (act.Method, act.HasAutomation));
    }

    [Fact]
    public void Doctor_switches_it_on_when_it_is_asked_to_and_says_how_to_take_it_back()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        Assert.SkipWhen(_wasOn, "Linux audit is on here, and a test does not switch it off.");
        AuditSwitch.Turn(false);

        Assert.Contains("Starting the machine again takes it back", Assert.Single(Repair.Make("/")), StringComparison.Ordinal);

        Assert.True(AuditSwitch.IsOn());
        Assert.Contains("nothing to mend", Assert.Single(Repair.Make("/")), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_system_is_not_mended() =>
        Assert.Contains("Leave out --root", Assert.Throws<SetupException>(() => Repair.Make(_files.Root)).Message, StringComparison.Ordinal);

    private static async Task<AdminAct> ActAsync(LinuxActs acts, Func<AdminAct, bool> wanted)
    {
        for (var i = 0; i < 100; i++)
        {
            if ((await acts.CollectAsync(Ct)).SelectMany(fact => fact.Acts.Acts_).FirstOrDefault(wanted) is { } act) return act;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
        throw new InvalidOperationException("The kernel told of no such act within 5 s.");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var words = await running.StandardError.ReadToEndAsync(Ct);
        await running.WaitForExitAsync(Ct);
        Assert.True(running.ExitCode == 0, words);
    }
}
