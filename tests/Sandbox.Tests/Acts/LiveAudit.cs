using System.Diagnostics;
using Sandbox.Agent;
using Sandbox.Agent.Acts;
using Sandbox.Agent.Acts.Accounts;
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
        using var ear = Listen(_files.Root, heard);
        Assert.NotNull(ear);
        var acts = new LinuxActs(_files.Root, null, TimeProvider.System, heard);
        (string Command, Action Action, string Name)[] session =
        [
            ("groupadd lab", Action.AddGroup, "lab"), ("useradd newbie", Action.AddAccount, "newbie"), ("usermod -aG lab newbie", Action.AddMember, "newbie"),
            ("userdel newbie", Action.RemoveAccount, "newbie"), ("groupdel lab", Action.RemoveGroup, "lab"),
        ];

        AWhileLater();
        foreach (var (command, action, name) in session)
        {
            // As in a session of somebody who has become root.
            await RunAsync("sh", "-c", $"echo {LoginUid} > /proc/self/loginuid && exec {command.Split(' ')[0]} --prefix \"$1\" {string.Join(' ', command.Split(' ')[1..])}", "sh", _files.Root);

            var act = await ActAsync(acts, act => act.Action == action && act.Actor.LoginUid == LoginUid);
            Assert.Equal((Method.A1, Source.Audit, $"/usr/sbin/{command.Split(' ')[0]}"), (act.Method, act.Source, act.Program));
            Assert.Equal(name, act.Objects[0].Name);
            AWhileLater();
        }
    }

    [Fact]
    public async Task What_nobody_logged_in_for_is_nobodys()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var heard = new HeardRecords();
        using var ear = Listen(_files.Root, heard);
        var acts = new LinuxActs(_files.Root, null, TimeProvider.System, heard);

        AWhileLater();
        await RunAsync("sh", "-c", "echo 4294967295 > /proc/self/loginuid; exec groupadd --prefix \"$1\" nobodys", "sh", _files.Root);

        var act = await ActAsync(acts, act => act.Objects.Any(one => one.Name == "nobodys"));
        Assert.Equal((Method.None, true), (act.Method, act.HasAutomation));
    }

    [Fact]
    public async Task A_number_that_is_used_again_has_the_name_of_each_moment()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var heard = new HeardRecords();
        using var ear = Listen(_files.Root, heard);
        var acts = new LinuxActs(_files.Root, null, TimeProvider.System, heard);

        await RunAsync("sh", "-c", $"echo {LoginUid} > /proc/self/loginuid; for name in uaa ubb ucc; do useradd --prefix \"$1\" -mU $name; test $name = ucc || userdel --prefix \"$1\" $name; done", "sh", _files.Root);

        var said = new Dictionary<string, AdminAct>();
        for (var i = 0; i < 100 && !said.Values.Any(act => act.Action is Action.AddAccount && act.Objects[0].Name == "ucc"); i++)
        {
            foreach (var act in (await acts.CollectAsync(Ct)).SelectMany(fact => fact.Acts.Acts_)) said[act.Id.ToBase64()] = act;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
        var accounts = said.Values.Where(act => act.Actor.LoginUid == LoginUid && act.Action is Action.AddAccount or Action.RemoveAccount)
            .OrderBy(act => act.OccurredAt.ToDateTimeOffset()).Select(act => (act.Action, Assert.Single(act.Objects, one => one.Kind == "account").Name)).ToList();
        Assert.Equal(["uaa", "ubb", "ucc"], accounts.Where(act => act.Action is Action.AddAccount).Select(act => act.Name));
        // Without a group of its own it may have been too fast for a name, but it never has another one's.
        Assert.All(accounts.Where(act => act.Action is Action.RemoveAccount).Zip(["uaa", "ubb"]), act => Assert.Contains(act.First.Name, (string[])[act.Second, ""]));
    }

    [Fact]
    public async Task What_is_done_in_a_chroot_is_no_account_of_this_machine()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        var heard = new HeardRecords();
        using var place = new TemporaryFolder();
        using var ear = Listen("/", heard);
        var acts = new LinuxActs("/", place["acts.place"], TimeProvider.System, heard);
        await acts.CollectAsync(Ct);
        acts.Delivered();

        await RunAsync("sh", "-c", $"echo {LoginUid} > /proc/self/loginuid; exec useradd --root \"$1\" sandboxchrooted", "sh", _files.Root);

        var act = await ActAsync(acts, act => act is { Action: Action.Elsewhere, Verb: "adding user" });
        Assert.Equal((Method.None, 0, false), (act.Method, act.Objects.Count, act.Actor.HasLoginUid));
        Assert.Contains("sandboxchrooted:", await File.ReadAllTextAsync(_files.At("etc/passwd"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_switches_it_on_when_it_is_asked_to_and_says_how_to_take_it_back()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        Assert.SkipWhen(_wasOn, "Linux audit is on here, and a test does not switch it off.");
        AuditSwitch.Turn(false);

        Assert.Contains("doctor --undo", Assert.Single(Repair.Make("/")), StringComparison.Ordinal);

        Assert.True(AuditSwitch.IsOn());
        Assert.Contains("nothing to mend", Assert.Single(Repair.Make("/")), StringComparison.Ordinal);
        Assert.Contains("was on and is off now", Assert.Single(Repair.Undo("/")), StringComparison.Ordinal);
        Assert.False(AuditSwitch.IsOn());
    }

    [Fact]
    public void Another_system_is_not_mended() =>
        Assert.Contains("Leave out --root", Assert.Throws<SetupException>(() => Repair.Make(_files.Root)).Message, StringComparison.Ordinal);

    // shadow puts the time of what it replaced away in whole seconds: what was written within the last one proves nothing.
    private void AWhileLater()
    {
        foreach (var path in (string[])["etc/passwd", "etc/group"]) File.SetLastWriteTimeUtc(_files.At(path), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-5));
    }

    private static AuditEar? Listen(string root, HeardRecords heard) =>
        AuditEar.Listen(new RootFolder(root), new AccountFiles(new RootFolder(root), TimeProvider.System), heard, () => { });

    private static async Task<AdminAct> ActAsync(LinuxActs acts, Func<AdminAct, bool> wanted)
    {
        for (var i = 0; i < 200; i++)
        {
            if ((await acts.CollectAsync(Ct)).SelectMany(fact => fact.Acts.Acts_).FirstOrDefault(wanted) is { } act) return act;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
        throw new InvalidOperationException("The kernel told of no such act within 10 s.");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var words = await running.StandardError.ReadToEndAsync(Ct);
        await running.WaitForExitAsync(Ct);
        Assert.True(running.ExitCode == 0, words);
    }
}
