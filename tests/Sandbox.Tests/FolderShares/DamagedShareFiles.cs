using CsCheck;
using Sandbox.Tests.DamagedMachines;

namespace Sandbox.Tests.FolderShares;

/// <summary>Whatever lies where it looks, the collector ends with a fact.</summary>
public sealed class DamagedShareFiles
{
    private static readonly string[] Sources =
    [
        "etc/samba/smb.conf", "etc/samba/more.conf", "etc/samba", "var/lib/samba/usershares/a", "var/lib/samba/usershares", "etc/exports", "etc/exports.d/a.exports", "etc/exports.d", "var/lib/nfs/etab", "etc/fstab", "proc/self/mountinfo",
        "etc/dovecot/dovecot.conf", "etc/dovecot/conf.d", "etc/passwd", "etc/group", "srv/lab", "home/elif/Maildir/maildirsize", "home",
    ];

    [Theory]
    [InlineData(Damage.Pipe), InlineData(Damage.OtherKind), InlineData(Damage.Circle), InlineData(Damage.Junk), InlineData(Damage.Half), InlineData(Damage.EndlessLine), InlineData(Damage.Empty)]
    public async Task Each_source_may_be_damaged_alone(Damage damage)
    {
        foreach (var source in Sources)
        {
            using var machine = Whole();
            damage.DoTo(machine.Files.At(source));

            var fact = await machine.ReadAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

            Assert.InRange(fact.CalculateSize(), 1, 1 << 20);
        }
    }

    [Theory]
    [InlineData(Damage.Pipe, "a pipe, not a file"), InlineData(Damage.OtherKind, "a folder, not a file")]
    public async Task Settings_that_are_no_files_keep_nobody_waiting_and_are_named(Damage damage, string why)
    {
        using var machine = Whole();
        foreach (var path in new[] { "etc/samba/smb.conf", "etc/exports", "etc/fstab", "etc/dovecot/dovecot.conf" }) damage.DoTo(machine.Files.At(path));

        var fact = await machine.ReadAsync();

        Assert.Equal(["/etc/samba/smb.conf", "/etc/exports", "/etc/fstab", "/etc/dovecot/dovecot.conf"], fact.Unseen.Where(unseen => unseen.Why == why).Select(unseen => unseen.What));
        Assert.Null(fact.Mail);
    }

    [Fact]
    public async Task Settings_full_of_nonsense_stay_a_small_fact() => await Gen.String[Gen.Char["[]=;#\\%\"{}/*()-, \n\tabglobinclude!"], 0, 300].SampleAsync(async text =>
    {
        using var machine = new ShareMachine().With("etc/samba/smb.conf", text).With("etc/exports", text).With("etc/dovecot/dovecot.conf", text).With("etc/fstab", text);
        return (await machine.ReadAsync()).CalculateSize() < 100_000;
    }, iter: Fuzz.Times(300), threads: 1);

    [Fact]
    public async Task Of_very_many_shares_the_first_are_reported_and_that_is_said()
    {
        using var machine = new ShareMachine().With("etc/samba/smb.conf", string.Concat(Enumerable.Range(0, 1000).Select(n => $"[s{n}]\npath = /s{n}\n"))).With("etc/exports", string.Concat(Enumerable.Range(0, 1000).Select(n => $"/e{n} *(ro)\n")));

        var fact = await machine.ReadAsync();

        Assert.Equal((200, 300, 200), (fact.SambaShares.Count, fact.NfsExports.Count, fact.Folders.Count));
        Assert.InRange(fact.Unseen.Count, 3, 51);
    }

    private static ShareMachine Whole() => new ShareMachine()
        .With("etc/samba/smb.conf", "[global]\ninclude = /etc/samba/more.conf\n[lab]\npath = /srv/lab\n").With("etc/samba/more.conf", "[more]\npath = /srv\n").With("var/lib/samba/usershares/a", "#VERSION 2\npath=/home/elif\nusershare_acl=S-1-1-0:R\nguest_ok=n\n")
        .With("etc/exports", "/srv/lab *(ro)\n").With("etc/exports.d/a.exports", "/srv *(rw)\n").With("var/lib/nfs/etab", "/srv\t*(rw)\n").With("etc/fstab", "//nas/lab /mnt cifs guest 0 0\n").With("etc/dovecot/dovecot.conf", "!include conf.d/*.conf\n")
        .With("etc/dovecot/conf.d/10.conf", "mail_location = maildir:~/Maildir\nmail_plugins = quota\nplugin {\nquota_rule = *:storage=1G\n}\n").With("etc/passwd", "elif:x:1000:1000::/home/elif:/bin/sh\n").With("etc/group", "elif:x:1000:\n")
        .With("srv/lab/file", "").With("home/elif/Maildir/maildirsize", "1000S\n");
}
