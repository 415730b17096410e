using System.Diagnostics;
using Sandbox.Protocol;

namespace Sandbox.Tests.FolderShares;

/// <summary>What we read of smb.conf, held against Samba's own testparm.</summary>
public sealed class RealTestparm : IDisposable
{
    private const string Program = "/usr/bin/testparm";
    private readonly ShareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Shares_and_settings_are_those_that_Samba_reads()
    {
        // testparm knows no root folder: what is included has the whole path there and the short one here.
        var text = "[first]\npath = /srv/first\n[global]\nworkgroup = LAB\nguest ok = yes\nmin protocol = NT1\nmap to guest = bad user\n[lab]\ncomment = For the class\npath = /srv/lab\nWriteAble = 1\nvalid users = @teachers, elif\n"
            + "[second]\npath = /srv/second\npublic = off\nbrowsable = no\n[LAB]\nguest ok = no\n[two words]\npath = /srv/a\n[twowords]\npath = /srv/\\\n  b\n[copied]\nread only = yes\ncopy = lab\n[off]\npath = /srv/off\navailable = no\ninclude = INCLUDED\nread only = no\n";
        _machine.With("etc/samba/more.conf", "[included]\npath = /srv/included\n").With(ShareMachine.Smb, text.Replace("INCLUDED", "/etc/samba/more.conf", StringComparison.Ordinal)).With("real.conf", text.Replace("INCLUDED", _machine.Files.At("etc/samba/more.conf"), StringComparison.Ordinal));

        var fact = await _machine.ReadAsync();

        var samba = await PrintedAsync();
        Assert.Equal(samba.Keys.Where(name => name != "global").Order(StringComparer.Ordinal), fact.SambaShares.Select(share => share.Name).Order(StringComparer.Ordinal));
        foreach (var share in fact.SambaShares)
        {
            var said = samba[share.Name];
            Assert.Equal((share.Name, said["path"]), (share.Name, share.Path));
            Assert.Equal((share.Name, said["read only"], said["guest ok"], said["browseable"], said["available"]), (share.Name, YesNo(share.ReadOnly), YesNo(share.GuestOk), YesNo(share.Browseable), YesNo(share.Available)));
            Assert.Equal((share.Name, said["valid users"].Replace(",", "", StringComparison.Ordinal)), (share.Name, string.Join(' ', share.ValidUsers)));
        }
        foreach (var setting in fact.SambaSettings.Where(setting => setting.HasEffective && setting.Name is not ("usershare path" or "usershare allow guests")))
            Assert.Equal($"{setting.Name} {samba["global"][setting.Name]}", $"{setting.Name} {setting.Effective}", ignoreCase: true);
    }

    // testparm -s -v: every parameter of every section.
    private async Task<Dictionary<string, Dictionary<string, string>>> PrintedAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "testparm is not installed here. Type: sudo apt-get install samba-common-bin");
        using var testparm = Process.Start(new ProcessStartInfo(Program, ["-s", "-v", _machine.Files.At("real.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = testparm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var printed = await testparm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string> open = [], global = [];
        foreach (var line in printed.Split('\n').Select(line => line.Trim()))
        {
            if (line is ['[', .. var name, ']']) sections[name] = open = name == "global" ? global : new Dictionary<string, string>(global, StringComparer.Ordinal);
            else if (line.IndexOf('=') is > 0 and var equals) open[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }
        return sections;
    }

    private static string YesNo(bool yes) => yes ? "Yes" : "No";
}
