using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Sandbox.Protocol;

namespace Sandbox.Tests.Acts;

/// <summary>Logs that are rotated, cut, half written, damaged: nothing is lost, nothing comes twice.</summary>
public sealed class FollowedLogs : IDisposable
{
    private const string Auth = ActMachine.Auth;
    private readonly ActMachine _machine = ActMachine.Started();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void What_was_there_at_the_first_start_earns_nothing()
    {
        using var machine = new ActMachine();
        machine.Append(Auth, Line("before"));
        machine.Restart();
        machine.Run();
        machine.Append(Auth, Line("after"));

        Assert.Equal(["after"], Names(machine.Run()));
    }

    [Fact]
    public void A_line_that_was_half_there_at_the_first_start_is_not_read()
    {
        using var machine = new ActMachine();
        machine.Append(Auth, Line("before")[..^20]);
        machine.Restart();
        machine.Run();
        machine.Append(Auth, Line("before")[^20..] + Line("after"));

        Assert.Equal(["after"], Names(machine.Run()));
    }

    [Fact]
    public void A_log_that_comes_later_is_read_from_its_beginning()
    {
        _machine.Append(Auth, Line("a") + Line("b"));

        Assert.Equal(["a", "b"], Names(_machine.Run()));
    }

    [Fact]
    public void What_was_delivered_does_not_come_again()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();

        Assert.Empty(_machine.Run());
    }

    [Fact]
    public void What_found_no_room_comes_again_with_the_same_id()
    {
        _machine.Append(Auth, Line("a"));
        var first = _machine.RunWithoutRoom();

        var second = _machine.Run();

        Assert.Equal(first.Select(act => act.Id), second.Select(act => act.Id));
    }

    [Fact]
    public void After_a_restart_the_place_is_known()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        _machine.Append(Auth, Line("b"));
        _machine.Restart();

        Assert.Equal(["b"], Names(_machine.Run()));
    }

    [Fact]
    public void A_crash_before_delivery_repeats_the_act_under_its_id()
    {
        _machine.Append(Auth, Line("a"));
        var first = _machine.RunWithoutRoom();
        _machine.Restart();

        Assert.Equal(first.Select(act => act.Id), _machine.Run().Select(act => act.Id));
    }

    [Fact]
    public void A_half_written_line_waits_for_its_end()
    {
        _machine.Append(Auth, Line("a")[..40]);
        var half = _machine.Run();
        _machine.Append(Auth, Line("a")[40..]);

        Assert.Empty(half);
        Assert.Equal(["a"], Names(_machine.Run()));
    }

    [Fact]
    public void Renaming_loses_nothing()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        _machine.Append(Auth, Line("b"));
        File.Move(_machine.Files.At(Auth), _machine.Files.At(Auth) + ".1");
        _machine.Append(Auth, Line("c"));

        Assert.Equal(["b", "c"], Names(_machine.Run()));
    }

    [Fact]
    public void Renaming_twice_between_two_looks_loses_nothing()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        _machine.Append(Auth, Line("b"));
        File.Move(_machine.Files.At(Auth), _machine.Files.At(Auth) + ".2");
        File.SetLastWriteTimeUtc(_machine.Files.At(Auth) + ".2", new DateTime(2026, 1, 1));
        _machine.Append(Auth, Line("c"));
        File.Move(_machine.Files.At(Auth), _machine.Files.At(Auth) + ".1");
        _machine.Append(Auth, Line("d"));

        Assert.Equal(["b", "c", "d"], Names(_machine.Run()));
    }

    [Fact]
    public void Copying_and_cutting_loses_nothing()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        _machine.Append(Auth, Line("b"));
        File.Copy(_machine.Files.At(Auth), _machine.Files.At(Auth) + ".1");
        Cut();
        _machine.Append(Auth, Line("c"));

        Assert.Equal(["b", "c"], Names(_machine.Run()));
    }

    [Fact]
    public void A_log_that_was_cut_and_grew_beyond_the_old_place_is_read_from_its_beginning()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        Cut();
        _machine.Append(Auth, Line("b") + Line("c") + Line("d"));

        Assert.Equal(["b", "c", "d"], Names(_machine.Run()));
    }

    [Fact]
    public void What_was_compressed_before_it_was_read_is_read()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        _machine.Append(Auth, Line("b"));
        using (var packed = new GZipStream(File.Create(_machine.Files.At(Auth) + ".1.gz"), CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(_machine.Files.At(Auth)));
        File.Delete(_machine.Files.At(Auth));
        _machine.Append(Auth, Line("c"));

        Assert.Equal(["b", "c"], Names(_machine.Run()));
    }

    [Fact]
    public void A_log_that_is_away_for_a_while_is_gone_on_with()
    {
        _machine.Append(Auth, Line("a"));
        _machine.Run();
        File.Move(_machine.Files.At(Auth), _machine.Files.At("elsewhere"));
        _machine.Run();
        File.Move(_machine.Files.At("elsewhere"), _machine.Files.At(Auth));
        _machine.Append(Auth, Line("b"));

        Assert.Equal(["b"], Names(_machine.Run()));
    }

    [Fact]
    public void A_line_of_50_MB_costs_neither_memory_nor_the_lines_behind_it()
    {
        using (var log = File.OpenWrite(Make(Auth)))
        {
            var junk = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            for (var i = 0; i < 50; i++) log.Write(junk);
            log.Write(Encoding.ASCII.GetBytes("\n" + Line("a")));
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();

        var acts = _machine.RunAll();

        Assert.Equal(["a"], Names(acts));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void More_than_a_run_has_room_for_comes_with_the_next_ones_each_once()
    {
        _machine.Append(Auth, string.Concat(Enumerable.Range(0, 500).Select(i => Line($"u{i}"))));

        var acts = _machine.RunAll();

        Assert.Equal(500, acts.Select(act => act.Id).Distinct().Count());
        Assert.Equal(500, acts.Count);
    }

    [Fact]
    public void Binary_junk_between_lines_is_passed_over()
    {
        var junk = new byte[10_000];
        Random(junk);
        File.WriteAllBytes(Make(Auth), [.. junk, (byte)'\n', .. Encoding.ASCII.GetBytes(Line("a")), 0, 1, 2, (byte)'\n', .. Encoding.ASCII.GetBytes(Line("b"))]);

        Assert.Equal(["a", "b"], Names(_machine.Run()));
    }

    [Fact]
    public void A_log_that_jumps_back_in_time_is_read_on()
    {
        _machine.Append(Auth, Line("a", "Nov 25 22:00:00") + Line("b", "Nov 25 20:00:00"));

        Assert.Equal(["a", "b"], Names(_machine.Run()).Order());
    }

    [Fact]
    public void A_pipe_or_a_folder_in_place_of_a_log_is_no_log()
    {
        Make(ActMachine.Audit);
        using (var pipe = Process.Start("mkfifo", _machine.Files.At(ActMachine.Audit))) pipe.WaitForExit();
        _machine.Files.WithFolder(Auth);

        Assert.Empty(_machine.Run());
    }

    [Fact]
    public void A_damaged_place_file_begins_at_the_end_and_says_so()
    {
        _machine.Append(Auth, Line("a"));
        File.WriteAllText(_machine.Place, "{\"Logs\":");
        _machine.Restart();

        var fact = _machine.Fact();

        Assert.Empty(fact!.Acts_);
        Assert.Contains(fact.Unseen, note => note.Why.StartsWith("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_seen_is_said_once()
    {
        using var machine = new ActMachine();
        machine.Restart();

        var first = machine.Fact();
        machine.Run();

        Assert.Contains(first!.Unseen, note => note is { What: "/var/log/audit/audit.log", Remedy: "sudo apt install auditd" });
        Assert.Null(machine.Fact());
    }

    // A process of its own for each name.
    internal static string Line(string name, string at = "Nov 25 22:19:00") =>
        $"{at} vm useradd[{name.Aggregate(1000, (number, letter) => (number * 31) + letter) & 0xffffff}]: new user: name={name}, UID=1002, GID=1002, home=/home/x, shell=/bin/sh, from=none\n";

    private static IEnumerable<string> Names(IEnumerable<AdminAct> acts) => acts.Select(act => act.Objects[0].Name).Order(StringComparer.Ordinal);

    private static void Random(byte[] into) => System.Security.Cryptography.RandomNumberGenerator.Fill(into);

    private string Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_machine.Files.At(path))!);
        return _machine.Files.At(path);
    }

    private void Cut()
    {
        using var file = new FileStream(_machine.Files.At(Auth), FileMode.Open, FileAccess.Write);
        file.SetLength(0);
    }
}
