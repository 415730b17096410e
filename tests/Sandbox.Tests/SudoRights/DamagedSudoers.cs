using System.Text;
using CsCheck;
using Google.Protobuf;
using Sandbox.Agent.AdminRights;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.SudoRights;

public sealed class DamagedSudoers : IDisposable
{
    private static readonly string[] Pieces =
    [
        "anna", "%sudo", "#1000", "ALL", "A", "=", "(", ")", ":", ",", "!", "!!", "\\", "\n", " ", "\"", "#", "@include /etc/sudoers", "@includedir /etc", "Defaults", "Defaults:",
        "NOPASSWD:", "User_Alias A = A", "Cmnd_Alias A = /bin/ls", "/bin/su x", "^a$", "sha224:", "TIMEOUT=", "list", "+", "%:", "-1", "\0", "\uFFFD", "use_pty", "logfile=",
    ];

    private readonly SudoMachine _machine = new();

    [Theory, InlineData("Defaults \"\""), InlineData("Defaults:\"\" \"\""), InlineData("\"\" ALL=ALL"), InlineData("Cmnd_Alias A = \"\"\nanna ALL=A")]
    public void A_name_of_nothing_is_a_fault_of_its_line(string text) =>
        Assert.Contains(Read(_machine.Sudoers(text + "\n").Root).Unseen, unseen => unseen.Why.StartsWith("line 1 ", StringComparison.Ordinal));

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void No_text_at_all_breaks_the_reader() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 40].Sample(picks =>
        {
            using var machine = new MachineFiles().With("usr/bin/sudo", "").With("etc/passwd", "anna:x:1000:27::/:/bin/sh\n").With("etc/group", "sudo:x:27:anna\n")
                .With("etc/sudoers", string.Concat(picks.Select(pick => Pieces[pick])));
            return Read(machine.Root).CalculateSize() < 1 << 20;
        }, iter: Fuzz.Times(500), threads: 1);

    [Fact]
    public void Binary_junk_in_every_file_ends_in_a_fact() =>
        Gen.Byte.Array[0, 2000].Sample(bytes =>
        {
            foreach (var path in (string[])["etc/sudoers", "etc/passwd", "etc/group", "etc/hostname", "etc/nsswitch.conf", "etc/polkit-1/rules.d/a.rules"])
            {
                _machine.With(path, "");
                File.WriteAllBytes(_machine.Files.At(path), bytes);
            }

            return Read(_machine.Root).CalculateSize() < 1 << 20;
        }, iter: Fuzz.Times(100), threads: 1);

    [Fact]
    public void A_folder_in_place_of_a_file_and_a_loop_of_links_are_told()
    {
        using var machine = new MachineFiles().With("usr/bin/sudo", "").WithFolder("etc/sudoers").WithLink("etc/passwd", "passwd2").WithLink("etc/passwd2", "passwd");

        var fact = Read(machine.Root);

        Assert.Contains(fact.Unseen, unseen => unseen.What == "/etc/sudoers");
        Assert.Contains(fact.Unseen, unseen => unseen.What == "/etc/passwd");
    }

    [Fact]
    public void A_line_without_end_is_no_line()
    {
        _machine.Sudoers("anna ALL=" + new string('(', 500_000) + "\nbob ALL=ALL\n");

        Assert.Equal("bob", Assert.Single(Read(_machine.Root).FullAdministrators).Name);
    }

    [Fact]
    public void No_secret_of_the_files_is_in_the_fact()
    {
        const string Secret = "S3CRETwordS3CRET";
        _machine.Sudoers($"anna ALL=/usr/bin/mysql -p{Secret}, /bin/mount -o password\\={Secret} //h/s /mnt, sha224:{Secret} /bin/x, ^/bin/y$ ^{Secret}$\n"
            + $"Cmnd_Alias DB = /usr/bin/psql {Secret}\nbob ALL=CWD=/tmp/{Secret} DB\nDefaults passprompt=\"{Secret}\", env_keep+=\"{Secret}\"\nDefaults!/bin/x use_pty\ncleo ALL = {Secret}\n{Secret}\n# {Secret}\n");
        _machine.With("etc/passwd", $"anna:{Secret}:1000:1000:{Secret}:/home/{Secret}:/bin/sh\n").With("etc/group", $"sudo:{Secret}:27:anna\n")
            .With("etc/polkit-1/rules.d/a.rules", $"addAdminRule // {Secret}\n").With("etc/nsswitch.conf", $"# {Secret}\n");

        var fact = Read(_machine.Root);

        Assert.Contains("/usr/bin/psql", fact.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(fact.ToByteArray()), StringComparison.Ordinal);
    }

    private static Protocol.AdminRights Read(string root) =>
        new LinuxAdminRights(root).CollectAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()[0].AdminRights;
}
