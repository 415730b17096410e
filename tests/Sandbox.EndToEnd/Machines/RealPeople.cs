using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.EndToEnd.Machines;

/// <summary>What an apprentice does in a session of her own, on a machine where auditd, sudo, sshd and the journal are those of every Debian.</summary>
public sealed class RealPeople(InstalledMachine installed) : MachineTest(installed)
{
    private const string Her = "apprentice";
    private static readonly TimeSpan LongestAct = TimeSpan.FromSeconds(60);

    // Secrets that are typed. None of them may be found on the server.
    private static readonly string[] Secrets = [MachineImage.Password, "secret-of-chpasswd", "$6$secret-of-useradd", "secret-of-restic", "secret-of-mysql"];

    private static readonly (string Line, Action Action, string Object)[] Session =
    [
        ("useradd newbie", Action.AddAccount, "newbie"),
        ("sh -c 'echo newbie:secret-of-chpasswd | chpasswd'", Action.ChangePassword, "newbie"),
        ("chage -M 90 newbie", Action.ChangeAgeing, "newbie"),
        ("su - -c 'usermod -c Newcomer newbie'", Action.ChangeAccount, "newbie"),
        ("groupadd lab", Action.AddGroup, "lab"),
        ("usermod -aG lab newbie", Action.AddMember, "newbie"),
        ("gpasswd -d newbie lab", Action.RemoveMember, "newbie"),
        ("groupdel lab", Action.RemoveGroup, "lab"),
        ("useradd -p '$6$secret-of-useradd' other", Action.AddAccount, "other"),
        ("userdel newbie", Action.RemoveAccount, "newbie"),
        ("systemctl restart cron", Action.StartService, "cron"),
        ("apt-get install -y /tmp/lab-tool.deb", Action.Install, "lab-tool"),
        ("apt-get purge -y lab-tool", Action.Remove, "lab-tool"),
        ("lpadmin -p office -E -v ipp://192.0.2.9/ipp/print", Action.ChangePrinter, "office"),
        ("lpadmin -x office", Action.RemovePrinter, "office"),
        ("nft add table inet lab", Action.Run, ""),
        ("env RESTIC_PASSWORD=secret-of-restic restic -r /srv/backup init", Action.Run, ""),
        ("sh -c 'true mysql -psecret-of-mysql'", Action.Run, ""),
    ];

    [Fact]
    public async Task Each_act_is_hers_by_the_kernels_word_with_the_key_that_opened_her_session_and_no_secret_leaves()
    {
        await RootAsync("systemctl start cups; mkdir -p /tmp/p/DEBIAN; printf 'Package: lab-tool\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: lab\\nDescription: nothing\\n' >/tmp/p/DEBIAN/control; dpkg-deb -b /tmp/p /tmp/lab-tool.deb");
        var key = (await RootAsync($"ssh-keygen -lf /home/{Her}/.ssh/authorized_keys")).Split(' ')[1];

        await AsHerAsync(string.Join("; ", Session.Select(step => $"sudo {step.Line}")));

        foreach (var (line, action, name) in Session)
        {
            // sudo's record of audit says the program as it was typed, its line in the journal with its path: which comes first stands.
            var act = await ActAsync(line, act => act.Action == action && act.Actor.OsName == Her && (name.Length == 0 ? Path.GetFileName(act.Program) == line.Split(' ')[0] : act.Objects.Any(one => one.Name == name)));
            Assert.Equal((Method.A1, 1000u, VirtualMachine.Host, key), (act.Method, act.Actor.LoginUid, act.Actor.RemoteIp, act.Actor.KeyFingerprint));
            Assert.False(act.HasAutomation, $"{line}: {act}");
        }
        var entry = await ActAsync("her session", act => act.Action == Action.LogIn && act.Actor.OsName == Her);
        Assert.Equal((VirtualMachine.Host, key), (entry.Actor.RemoteIp, entry.Actor.KeyFingerprint));
        var stored = Installed.Stored();
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_she_did_is_nobodys_until_somebody_says_who_she_is_and_then_evidence_of_hers_though_the_machine_is_anothers()
    {
        await AsHerAsync("sudo useradd -m -s /bin/bash hired");
        await EvidenceAsync("discounted", "\"State\" = 3 and \"Reason\" like '%under the account apprentice on this machine'");

        _ = await Installed.Lab.AnswerAsync(Ct, "people", "add", "grace", "--role", "apprentice", "--display-name", "Grace");
        _ = await Installed.Lab.AnswerAsync(Ct, "accounts", "add", "grace", "--account", Her, "--from", "2026-01-01");

        await EvidenceAsync("hers", "\"State\" = 0 and \"Grade\" = 2 and \"GradeReason\" like 'Grace did it (the account apprentice, A1)%' and \"PersonId\" = (select \"Id\" from \"AspNetUsers\" where \"UserName\" = 'grace')");
    }

    [Fact]
    public async Task What_she_only_writes_into_the_log_is_nobodys()
    {
        await AsHerAsync("logger -t useradd 'new user: name=ghost, UID=1099, GID=1099, home=/home/ghost, shell=/bin/sh, from=none'");

        var act = await ActAsync("the forged line", act => act.Objects.Any(one => one.Name == "ghost"));
        // Of `/usr/bin/logger of uid 1000, not by useradd`, or of `a program that was gone before the journal could look`.
        Assert.Equal(Method.None, act.Method);
        Assert.StartsWith("written by ", act.MethodReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_service_does_is_automation()
    {
        await RootAsync("systemd-run --quiet --wait useradd robot");

        var act = await ActAsync("useradd of a service", act => act.Action == Action.AddAccount && act.Objects.Any(one => one.Name == "robot"));
        Assert.Equal((Method.None, "no login uid"), (act.Method, act.Automation));
    }

    private async Task<AdminAct> ActAsync(string what, Func<AdminAct, bool> wanted)
    {
        AdminAct? found = null;
        try
        {
            await Patience.UntilAsync($"The server has the act: {what}", LongestAct, () => (found = Installed.Acts().FirstOrDefault(wanted)) is not null, Ct);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{late.Message} It has:\n{string.Join('\n', Installed.Acts())}", late);
        }
        return found!;
    }

    private async Task EvidenceAsync(string what, string where)
    {
        const string Account = "from \"Evidence\" where \"Act\" = 'account.added' and \"Target\" like 'hired (uid %'";
        try
        {
            await Patience.UntilAsync($"The account that she added is {what}", LongestAct, () => Installed.Lab.Count($"select count(*) {Account} and {where}") == 1, Ct);
        }
        catch (TimeoutException late)
        {
            var states = string.Join(", ", Enumerable.Range(0, 4).Select(state => $"{Installed.Lab.Count($"select count(*) {Account} and \"State\" = {state}")} in state {state}"));
            throw new InvalidOperationException($"{late.Message} There are {states}. Acts:\n{string.Join('\n', Installed.Acts().TakeLast(5))}", late);
        }
    }

    private async Task AsHerAsync(string line) => _ = (await Installed.Machine.RunAsync($"sudo -S -v -p '' && {{ {line}; }}", Ct, Her, MachineImage.Password + "\n")).Worked;
}
