using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Acts;

/// <summary>A real journal file (compact, zstd), as systemd 252 wrote it.</summary>
public sealed class RecordedJournal : IDisposable
{
    private const string Folder = $"var/log/journal/{ActMachine.MachineId}";
    private readonly ActMachine _machine = ActMachine.Started();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_journal_vouches_for_sudo_and_useradd_and_gives_the_login_uid()
    {
        var act = Read().Single(act => act.Action is Action.AddAccount && act.Objects[0].Name == "jksmith");

        Assert.Equal((Method.A2, Source.Journal, "appr1", 1001u, 4u), (act.Method, act.Source, act.Actor.OsName, act.Actor.LoginUid, act.Actor.Session));
        Assert.Equal("9a7a87c8d08a4398862dfd859b6512a2:351", act.SourceId);
        Assert.Equal(3u, act.RecordCount);
    }

    [Fact]
    public void Logger_as_useradd_is_nobodys_act_and_says_who_wrote_it()
    {
        var act = Read().Single(act => act.Objects.Any(done => done.Name == "jforged"));

        Assert.Equal((Method.None, 1001u), (act.Method, act.Actor.LoginUid));
        Assert.Contains("/usr/bin/logger of uid 1001, not by useradd", act.MethodReason, StringComparison.Ordinal);
        Assert.False(act.Actor.HasOsName);
    }

    [Fact]
    public void A_forged_line_in_a_file_is_exposed_by_the_journal()
    {
        _machine.Append(ActMachine.Auth, "Nov 25 22:19:49 vm sudo:    appr1 : PWD=/home/appr1 ; USER=root ; COMMAND=/usr/sbin/useradd jforged\n");

        var act = Read().Single(act => act.Objects.Any(done => done.Name == "jforged"));

        Assert.Equal(Method.None, act.Method);
        Assert.Contains(act.Records, record => record.Source is Source.SudoText);
    }

    [Fact]
    public void What_is_read_is_not_read_again()
    {
        Read();

        Assert.Empty(_machine.Run());
    }

    [Fact]
    public void A_journal_that_is_there_at_the_first_start_is_begun_at_its_end()
    {
        using var machine = new ActMachine();
        machine.Files.With("etc/machine-id", ActMachine.MachineId);
        Write(machine, "system.journal", ActMachine.RecordedJournal());
        machine.Restart();

        Assert.Empty(machine.RunAll());
    }

    [Fact]
    public void A_file_that_was_put_away_is_read_to_its_end_first()
    {
        var whole = ActMachine.RecordedJournal();
        var half = (byte[])whole.Clone();
        // The header says that the last object is an earlier one: so it was when this one was read.
        BitConverter.TryWriteBytes(half.AsSpan(136), BitConverter.ToInt64(whole, 88));
        Write(_machine, "system.journal", half);
        var before = _machine.RunAll().Count;
        File.Delete(_machine.Files.At($"{Folder}/system.journal"));
        Write(_machine, "system@0000-1.journal", whole);
        var other = (byte[])half.Clone();
        other[24] ^= 0xff;
        BitConverter.TryWriteBytes(other.AsSpan(136), 264L);
        Write(_machine, "system.journal", other);

        var after = _machine.RunAll();

        Assert.Equal(0, before);
        Assert.Contains(after, act => act.Objects.Any(done => done.Name == "jksmith"));
    }

    [Fact]
    public void No_planted_secret_leaves() =>
        Assert.DoesNotContain("PLANTED", string.Join('\n', Read()), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Damage_anywhere_is_survived()
    {
        var whole = ActMachine.RecordedJournal();
        var chance = new CsCheck.PCG(7u);
        for (var round = 0; round < 30; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = 0; i < 200; i++) damaged[chance.Next(400_000u)] = (byte)chance.Next(256u);
            "LPKSHHRH"u8.CopyTo(damaged);
            using var machine = ActMachine.Started();
            Write(machine, "system.journal", damaged);

            machine.Run();
        }
    }

    private List<AdminAct> Read()
    {
        Write(_machine, "system.journal", ActMachine.RecordedJournal());
        return _machine.RunAll();
    }

    private static void Write(ActMachine machine, string name, byte[] bytes)
    {
        machine.Files.WithFolder(Folder);
        File.WriteAllBytes(machine.Files.At($"{Folder}/{name}"), bytes);
    }
}
