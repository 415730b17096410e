using System.Buffers.Binary;
using System.Text;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Protocol;

namespace Sandbox.Tests.Acts;

/// <summary>Linux audit without a log: records as the kernel tells them.</summary>
public sealed class HeardAudit : IDisposable
{
    private readonly ActMachine _machine = ActMachine.Started();

    private HeardRecords Heard => _machine.Heard;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void They_make_the_acts_that_the_log_would_make()
    {
        foreach (var line in File.ReadLines(ActMachine.Recorded("audit.log"))) Heard.Add(Encoding.UTF8.GetBytes(line));
        using var other = ActMachine.Started();
        other.Append(ActMachine.Audit, File.ReadAllText(ActMachine.Recorded("audit.log")));

        var acts = _machine.RunAll();

        Assert.True(acts.Count > 10);
        Assert.Equal(Told(other.RunAll()), Told(acts));
    }

    [Fact]
    public void What_is_not_durable_yet_is_told_again()
    {
        Heard.Add(Added("newbie", 14));

        var first = Assert.Single(_machine.RunWithoutRoom());
        Heard.Add(Added("another", 15));
        var acts = _machine.Run();

        Assert.Equal(first.Id, acts[0].Id);
        Assert.Equal(["newbie", "another"], acts.Select(act => act.Objects[0].Name));
        Assert.Empty(_machine.Run());
        Assert.Empty(Heard.Waiting().Lines);
    }

    [Fact]
    public void More_than_one_report_holds_come_one_report_after_the_other()
    {
        for (var i = 0; i < 100; i++) Heard.Add(Added($"u{i}", 14 + i));

        Assert.Equal(40, _machine.Run().Count);
        Assert.Equal(60, _machine.RunAll().Count);
    }

    [Fact]
    public void What_auditd_wrote_down_as_well_is_told_once()
    {
        _machine.Append(ActMachine.Audit, Encoding.UTF8.GetString(Added("newbie", 14)) + "\n");
        Heard.Add(Added("newbie", 14));

        Assert.Equal(1u, Assert.Single(_machine.Run()).RecordCount);
        Assert.Empty(Heard.Waiting().Lines);
        Assert.Empty(_machine.Run());
    }

    [Fact]
    public void What_was_done_while_auditd_was_off_for_a_moment_is_told_and_the_log_is_not_called_unwritten()
    {
        _machine.Append(ActMachine.Audit, "type=DAEMON_END msg=audit(1795434377.101:1): op=terminate\n");
        _machine.Append(ActMachine.Auth, "2026-11-23T11:46:22.000000+00:00 lab sudo:     elif : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id\n");
        Heard.Add(Added("newbie", 14));
        _machine.Append(ActMachine.Audit, $"type=DAEMON_START msg=audit({1795434377 + 20}.101:20): op=start\n");

        var fact = _machine.Fact()!;

        Assert.Equal("newbie", fact.Acts_.Single(act => act.Source is AdminAct.Types.Source.Audit).Objects[0].Name);
        Assert.DoesNotContain(fact.Unseen, one => one.What == "/" + ActMachine.Audit && one.Why.Contains("not written to it", StringComparison.Ordinal));
        Assert.Equal(AdminAct.Types.Method.A2, fact.Acts_.Single(act => act.Source is AdminAct.Types.Source.SudoText).Method);
    }

    [Fact]
    public void A_log_that_auditd_left_behind_silences_nothing()
    {
        _machine.Append(ActMachine.Audit, "type=DAEMON_END msg=audit(1795434377.101:1): op=terminate\n");
        File.SetLastWriteTimeUtc(_machine.Files.At(ActMachine.Audit), DateTime.UnixEpoch.AddSeconds(1795434377));
        _machine.Run();
        Heard.Add(Added("newbie", 14));

        var fact = _machine.Fact()!;

        Assert.Equal("newbie", Assert.Single(fact.Acts_).Objects[0].Name);
        Assert.Contains(fact.Unseen, one => one.What == "/" + ActMachine.Audit && one.Why.Contains("not written to it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_with_more_than_a_run_reads_is_written_all_the_same()
    {
        for (var i = 0; i < 100; i++)
        {
            Heard.Add(Added($"u{i}", 14 + i));
            _machine.Append(ActMachine.Audit, Encoding.UTF8.GetString(Added($"u{i}", 14 + i)) + "\n");
        }

        Assert.DoesNotContain(_machine.Fact()!.Unseen, one => one.What == "/" + ActMachine.Audit);
        Assert.Equal(100, _machine.RunAll().Select(act => act.Id).Distinct().Count());
    }

    [Fact]
    public void A_record_that_auditd_may_still_write_waits_for_it()
    {
        _machine.Append(ActMachine.Audit, "type=DAEMON_START msg=audit(1795434377.101:1): op=start\n");
        File.SetLastWriteTimeUtc(_machine.Files.At(ActMachine.Audit), _machine.Time.GetUtcNow().UtcDateTime.AddMinutes(-1));
        Heard.Add(At(_machine.Time.GetUtcNow().ToUnixTimeSeconds(), "newbie", 14));

        Assert.Empty(_machine.Run());

        Assert.Single(Heard.Waiting().Lines);
    }

    [Fact]
    public void What_was_done_before_anything_was_heard_is_not_doubted()
    {
        _machine.Append(ActMachine.Auth, "2026-11-23T11:00:00.000000+00:00 lab sudo:     elif : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id\n");
        Heard.Add(At(DateTimeOffset.Parse("2026-11-23T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds(), "newbie", 14));

        var acts = _machine.RunAll();

        Assert.Equal(AdminAct.Types.Method.A2, acts.Single(act => act.Source is AdminAct.Types.Source.SudoText).Method);
    }

    [Fact]
    public void Which_audit_there_is_is_said()
    {
        Heard.IsListening = true;
        Assert.Contains("has told of no record yet", Words(), StringComparison.Ordinal);
        Heard.Add(Added("newbie", 14));
        Assert.Contains("while the agent was off", Words(), StringComparison.Ordinal);

        string Words() => Assert.Single(_machine.Fact()!.Unseen, one => one.What == "/" + ActMachine.Audit).Why;
    }

    [Fact]
    public void A_storm_is_bounded_and_said_to_be_one()
    {
        for (var i = 0; i < 20_000; i++) Heard.Add(Added($"u{i}", 14 + i));

        Assert.InRange(Heard.Waiting().Lines.Sum(line => line.Length), 1, 1 << 20);
        Assert.Contains("faster than they could be read", Assert.Single(_machine.Fact()!.Unseen, one => one.What == "Linux audit").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_datagram_becomes_the_line_that_auditd_would_write()
    {
        var line = AuditEar.Line(Datagram(1114, "audit(1795434377.101:14): pid=1 uid=0 auid=1001 ses=4 msg='op=adding user acct=\"newbie\" res=success'\0"));

        Assert.Equal("type=ADD_USER msg=audit(1795434377.101:14): pid=1 uid=0 auid=1001 ses=4 msg='op=adding user acct=\"newbie\" res=success'", Encoding.UTF8.GetString(line!));
    }

    [Theory]
    [InlineData(1300), InlineData(1327), InlineData(0)]
    public void Records_of_which_no_act_comes_are_not_kept(int type) => Assert.Null(AuditEar.Line(Datagram(type, "audit(1795434377.101:14): arch=c000003e")));

    [Fact]
    public void A_datagram_that_ends_too_early_is_none()
    {
        var whole = Datagram(1114, "");

        for (var length = 0; length <= whole.Length; length++) Assert.Null(AuditEar.Line(whole.AsSpan(0, length)));
    }

    private static byte[] Added(string name, int serial) => At(1795434377 + serial, name, serial);

    private static byte[] At(long second, string name, int serial) => Encoding.UTF8.GetBytes(
        $"type=ADD_USER msg=audit({second}.101:{serial}): pid={serial} uid=0 auid=1001 ses=4 msg='op=adding user id={1000 + serial} acct=\"{name}\" exe=\"/usr/sbin/useradd\" res=success'");

    private static byte[] Datagram(int type, string text)
    {
        var datagram = new byte[16 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt16LittleEndian(datagram.AsSpan(4), (ushort)type);
        Encoding.UTF8.GetBytes(text, datagram.AsSpan(16));
        return datagram;
    }

    private static IEnumerable<string> Told(IEnumerable<AdminAct> acts) => acts.Select(act => $"{Convert.ToHexString(act.Id.Span)} {act.Action} {act.Method} {act.RecordCount}").Order();
}
