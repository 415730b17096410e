using Sandbox.Faults;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>A machine's files below a folder, with programs that act on it: gpasswd is the real one, ufw and systemctl play theirs.</summary>
internal sealed class SeedTree : IDisposable
{
    public const string Quality = "etc/security/pwquality.conf";

    private const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryFolder _folder = new();

    public SeedTree()
    {
        Write(Quality, "# Defaults of the lab\nminlen = 14   # by ticket 12\nretry = 3\n");
        Write("etc/pam.d/common-password", "password requisite pam_pwquality.so retry=3\n");
        Write("etc/passwd", "root:x:0:0:root:/root:/bin/bash\ngames:x:5:60:games:/usr/games:/usr/sbin/nologin\nelif:x:1000:1000::/home/elif:/bin/bash\n");
        Write("etc/shadow", "root:*:19700::::::\ngames:*:19700::::::\nelif:!:19700::::::\n");
        Write("etc/group", "root:x:0:\nsudo:x:27:elif\ngames:x:60:\n");
        Write("etc/gshadow", "root:*::\nsudo:*::elif\ngames:*::\n");
        Write("usr/lib/systemd/system/clamav-freshclam.service", "[Service]\n");
        Write("etc/systemd/system/multi-user.target.wants/clamav-freshclam.service", "");
        Write("run/freshclam", "");
        Write("proc/net/tcp", "  sl  local_address rem_address   st\n   0: 0100007F:9C40 00000000:0000 0A 00000000:00000000\n");
        Write("proc/sys/kernel/random/boot_id", "11111111-1111-1111-1111-111111111111\n");
        Script("gpasswd", "exec /usr/bin/gpasswd -Q \"$SANDBOX_ROOT\" \"$@\"");
        Script("systemctl", """
            link="$SANDBOX_ROOT/etc/systemd/system/multi-user.target.wants/clamav-freshclam.service" runs="$SANDBOX_ROOT/run/freshclam"
            case $1 in
                is-enabled) if [ -e "$link" ]; then echo enabled; else echo disabled; exit 1; fi ;;
                is-active) if [ -e "$runs" ]; then echo active; else echo inactive; exit 3; fi ;;
                disable) rm -f "$link" "$runs" ;;
                enable) : >"$link"; : >"$runs" ;;
            esac
            """);
    }

    public string Root => _folder["machine"];

    public string State => _folder["state"];

    public string Socket => _folder["helper.sock"];

    public Tree Tree => new(Root);

    /// <summary>Lets ufw be there and active.</summary>
    public SeedTree WithUfw()
    {
        Write("etc/ufw/added", "");
        Script("ufw", """
            added="$SANDBOX_ROOT/etc/ufw/added"
            case "$1 $2" in
                status*) echo 'Status: active' ;;
                'show added') echo 'Added user rules (see ufw status for running firewall):'; cat "$added" ;;
                delete*) grep -vx "ufw allow $3" "$added" >"$added.new"; mv "$added.new" "$added" ;;
                allow*) echo "ufw allow $2" >>"$added" ;;
            esac
            """);
        return this;
    }

    /// <summary>A helper on this machine, as it is after a start: with what was left undone.</summary>
    public async Task<FaultBook> StartAsync(TimeProvider time)
    {
        var book = new FaultBook(UndoRecords.In(State), AllFaults.On(Tree), Tree, time);
        await book.UndoAllAsync(TestContext.Current.CancellationToken);
        return book;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Delete(string path) => File.Delete(Path.Combine(Root, path));

    /// <summary>Puts a program in place.</summary>
    public void Script(string name, string text)
    {
        Write($"usr/bin/{name}", $"#!/bin/sh\n{text}\n");
        if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(Root, "usr/bin", name), Program);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>Words for what is asked of a helper.</summary>
internal static class Asking
{
    public static async Task<HelperAnswer> ApplyAsync(this FaultBook book, FaultName fault, DateTimeOffset until, byte id = 1) => await book.AnswerAsync(
        new HelperRequest { Apply = new ApplyFault { Id = Id(id), Fault = fault, Until = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(until) } }, TestContext.Current.CancellationToken);

    public static Task<HelperAnswer> UndoAsync(this FaultBook book, byte id = 1) => book.AnswerAsync(new HelperRequest { Undo = new UndoFault { Id = Id(id) } }, TestContext.Current.CancellationToken);

    public static Task<HelperAnswer> KeepAsync(this FaultBook book) => book.AnswerAsync(new HelperRequest { Keep = new KeepFaults() }, TestContext.Current.CancellationToken);

    public static async Task<(FaultState State, FaultUndoCause Cause)> StandsAsync(this FaultBook book, byte id = 1)
    {
        var all = await book.AnswerAsync(new HelperRequest { List = new ListFaults() }, TestContext.Current.CancellationToken);
        return all.Records.Single(one => one.Id == Id(id)) is var record ? (record.State, record.Cause) : default;
    }

    public static Google.Protobuf.ByteString Id(byte id) => Google.Protobuf.ByteString.CopyFrom([.. Enumerable.Repeat(id, 16)]);
}
