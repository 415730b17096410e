using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Google.Protobuf;
using Sandbox.Agent.Sessions;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.LoginSessions;

/// <summary>Who is logged in.</summary>
public sealed class SessionRows : IDisposable
{
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_record_of_utmp_has_user_terminal_host_and_time()
    {
        Utmp(Records.Utmp("elif", "pts/3", "192.0.2.9"));

        var session = (await ReadAsync()).Sessions_.Single();

        Assert.Equal(("elif", "pts/3", "192.0.2.9", 1_700_000_000L), (session.User, session.Terminal, session.RemoteHost, session.LoggedInAt.Seconds));
        Assert.False(session.HasUid || session.HasId || session.HasService || session.HasType || session.HasClass || session.HasState);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(6), InlineData(8), InlineData(0)]
    public async Task Boots_runlevels_and_the_dead_are_no_sessions(short type)
    {
        Utmp(Records.Utmp("elif", type: type));

        Assert.Empty((await ReadAsync()).Sessions_);
    }

    [Fact]
    public async Task A_file_of_logind_has_every_field()
    {
        _files.With("run/systemd/sessions/4", Records.Logind("elif", 812, "TTY=pts/1\nREMOTE_HOST=192.0.2.9"));

        var session = (await ReadAsync()).Sessions_.Single();

        Assert.Equal(("elif", 1000u, "4", "pts/1", "192.0.2.9"), (session.User, session.Uid, session.Id, session.Terminal, session.RemoteHost));
        Assert.Equal(("sshd", "tty", "user", "active"), (session.Service, session.Type, session.Class, session.State));
        Assert.Equal((1_700_000_000L, 0), (session.LoggedInAt.Seconds, session.LoggedInAt.Nanos));
    }

    [Fact]
    public async Task One_session_in_both_is_one_by_its_leader()
    {
        _files.With("run/systemd/sessions/4", Records.Logind("elif", 812, "REMOTE_HOST=192.0.2.9"));
        Utmp(Records.Utmp("elif", "pts/1", "client.example", leader: 812));

        var session = (await ReadAsync()).Sessions_.Single();

        Assert.Equal(("4", "pts/1", "192.0.2.9"), (session.Id, session.Terminal, session.RemoteHost));
    }

    [Fact]
    public async Task One_session_in_both_is_one_by_its_terminal()
    {
        _files.With("run/systemd/sessions/4", Records.Logind("elif", 812, "TTY=pts/1"));
        Utmp(Records.Utmp("elif", "pts/1", "192.0.2.9", leader: 900));

        Assert.Equal("192.0.2.9", (await ReadAsync()).Sessions_.Single().RemoteHost);
    }

    [Fact]
    public async Task Another_users_record_with_the_same_number_is_another_session()
    {
        _files.With("run/systemd/sessions/4", Records.Logind("elif", 812, ""));
        Utmp(Records.Utmp("deniz", leader: 812));

        Assert.Equal(["deniz", "elif"], (await ReadAsync()).Sessions_.Select(session => session.User));
    }

    [Fact]
    public async Task Sessions_are_sorted_by_user_time_and_terminal()
    {
        Utmp(Records.Utmp("b", "pts/9"), Records.Utmp("a", "pts/2", seconds: 1_700_000_001), Records.Utmp("a", "pts/1", seconds: 1_700_000_001), Records.Utmp("a", "pts/8"));

        Assert.Equal(["a pts/8", "a pts/1", "a pts/2", "b pts/9"], (await ReadAsync()).Sessions_.Select(session => $"{session.User} {session.Terminal}"));
    }

    [Fact]
    public async Task No_process_id_is_reported()
    {
        _files.With("run/systemd/sessions/4", Records.Logind("elif", 424242, ""));
        Utmp(Records.Utmp("deniz", leader: 434343));

        var text = (await ReadAsync()).ToString();

        Assert.DoesNotContain("424242", text, StringComparison.Ordinal);
        Assert.DoesNotContain("434343", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pipe_beside_a_session_is_not_opened()
    {
        _files.With("run/systemd/sessions/4", Records.Logind("elif", 812, "")).WithFolder("run/systemd/system");
        using var mkfifo = Process.Start("/usr/bin/mkfifo", [_files.At("run/systemd/sessions/4.ref")]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);

        var fact = await ReadAsync();

        Assert.Single(fact.Sessions_);
        Assert.Empty(fact.Unseen);
    }

    [Fact]
    public async Task Without_utmp_and_logind_nobody_knows_and_it_says_so()
    {
        var fact = await ReadAsync();

        Assert.Contains(fact.Unseen, one => one.What == "/run/utmp");
    }

    [Fact]
    public async Task An_empty_folder_of_logind_says_nothing_where_systemd_does_not_run()
    {
        _files.WithFolder("run/systemd/sessions");

        Assert.Contains((await ReadAsync()).Unseen, one => one.What == "/run/utmp");
    }

    [Fact]
    public async Task Half_a_record_is_none()
    {
        Utmp(Records.Utmp("elif"), Records.Utmp("deniz")[..200]);

        Assert.Equal(["elif"], (await ReadAsync()).Sessions_.Select(session => session.User));
    }

    [Fact]
    public async Task Of_more_than_500_sessions_the_rest_is_counted()
    {
        Utmp([.. Enumerable.Range(0, 600).Select(n => Records.Utmp($"u{n:D3}"))]);

        var fact = await ReadAsync();

        Assert.Equal(500, fact.Sessions_.Count);
        Assert.Contains(fact.Unseen, one => one.Why.StartsWith("600 sessions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_utmpdump_writes_is_read()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/utmpdump") || Agent.Sessions.Utmp.Length != 384, "utmpdump of util-linux on x86-64 is not here");
        _files.With("dump", "[7] [00812] [ts/1] [elif    ] [pts/1       ] [192.0.2.9           ] [192.0.2.9      ] [2023-11-14T22:13:20,000000+00:00]\n").WithFolder("run");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "utmpdump -r < \"$1\" > \"$2\"", "sh", _files.At("dump"), _files.At("run/utmp")]) { RedirectStandardError = true };
        using (var utmpdump = Process.Start(start)!) await utmpdump.WaitForExitAsync(TestContext.Current.CancellationToken);

        var session = (await ReadAsync()).Sessions_.Single();

        Assert.Equal(("elif", "pts/1", "192.0.2.9", 1_700_000_000L), (session.User, session.Terminal, session.RemoteHost, session.LoggedInAt.Seconds));
    }

    [Fact]
    public async Task The_last_login_of_an_account_lies_at_its_uid()
    {
        _files.With("etc/passwd", "elif:x:1001:1001::/home/elif:/bin/bash\nnever:x:1000:1000::/:/bin/sh\nbroken\nfar:x:4294967294:1::/:/bin/sh\n");
        Last(1001, Records.Last(1_700_000_000, "pts/4", "192.0.2.9"));

        var login = (await ReadAsync()).LastLogins.Single();

        Assert.Equal(("elif", 1001u, 1_700_000_000L, "pts/4", "192.0.2.9"), (login.User, login.Uid, login.At.Seconds, login.Terminal, login.RemoteHost));
    }

    [Fact]
    public async Task A_lastlog_that_spans_a_terabyte_is_read_where_accounts_are()
    {
        _files.With("etc/passwd", "far:x:3999999999:1::/:/bin/sh\nroot:x:0:0::/:/bin/sh\n");
        Last(3_999_999_999, Records.Last(1_700_000_000, "tty1", ""));
        var took = Stopwatch.StartNew();

        var login = (await ReadAsync()).LastLogins.Single();

        Assert.Equal(("far", false), (login.User, login.HasRemoteHost));
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task The_database_of_lastlog2_is_said_to_be_there_and_not_read()
    {
        _files.With("var/lib/lastlog/lastlog2.db", "SQLite format 3");

        Assert.Contains((await ReadAsync()).Unseen, one => one.What == "/var/lib/lastlog/lastlog2.db");
    }

    [Fact]
    public void Any_bytes_are_a_session_or_none() => Gen.Byte.Array[Agent.Sessions.Utmp.Length].Sample(
        bytes => _ = Agent.Sessions.Utmp.Of(Type7(bytes))?.Session.CalculateSize(), iter: Fuzz.Times(2000));

    [Fact]
    public void Any_text_is_a_session_or_none() => Gen.String.Sample(
        text => _ = LogindSessions.Of("1", $"USER={text}\nREALTIME={text}\nUID={text}\n{text}")?.Session.ToByteArray(), iter: Fuzz.Times(2000));

    [Theory]
    [InlineData("99999999999999999999"), InlineData("-1"), InlineData("0"), InlineData("x")]
    public void A_time_that_is_none_is_left_out(string time) =>
        Assert.Null(LogindSessions.Of("1", string.Create(CultureInfo.InvariantCulture, $"USER=a\nREALTIME={time}\n"))!.Session.LoggedInAt);

    private static byte[] Type7(byte[] bytes)
    {
        (bytes[0], bytes[1]) = (7, 0);
        return bytes;
    }

    private void Utmp(params byte[][] records)
    {
        _files.WithFolder("run");
        File.WriteAllBytes(_files.At("run/utmp"), [.. records.SelectMany(record => record)]);
    }

    private void Last(long uid, byte[] record)
    {
        _files.WithFolder("var/log");
        using var file = File.Create(_files.At("var/log/lastlog"));
        file.Position = uid * record.Length;
        file.Write(record);
    }

    private async Task<Protocol.Sessions> ReadAsync() =>
        (await new LinuxSessions(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).Single().Sessions;
}
