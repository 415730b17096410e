using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Faults;
using Sandbox.Faults;
using Sandbox.Protocol;

namespace Sandbox.Tests.SeededFaults;

/// <summary>The helper's socket: root and one group ask, others cannot, and nonsense ends one conversation only.</summary>
public sealed class WhoMayAsk : IDisposable
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute;
    private readonly SeedTree _machine = new();
    private readonly CancellationTokenSource _stop = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stop.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task The_agents_group_may_connect_and_another_account_may_not()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("This takes root.");
        if (System.OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(Path.GetDirectoryName(_machine.Socket)!, ForAll);
        using var book = await _machine.StartAsync(new FakeTimeProvider());
        using var listener = new Listener(_machine.Socket, "games", _machine.Root, book);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(_machine.Socket));
        Assert.True(await MayWriteAsync("--reuid=65534", "--regid=60", "--clear-groups"));
        Assert.False(await MayWriteAsync("--reuid=65534", "--regid=65534", "--clear-groups"));
    }

    [Fact]
    public async Task Who_speaks_nonsense_is_left_and_the_next_one_is_answered()
    {
        using var book = await _machine.StartAsync(new FakeTimeProvider());
        using var listener = new Listener(_machine.Socket, null, _machine.Root, book);
        var serving = listener.ServeAsync(_stop.Token);

        foreach (var nonsense in (byte[][])[[0x7f, 0xff, 0xff, 0xff], [0, 0, 0, 2, 0xff, 0xff], []])
        {
            using var peer = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await peer.ConnectAsync(new UnixDomainSocketEndPoint(_machine.Socket), Ct);
            await peer.SendAsync(nonsense, Ct);
        }

        var answer = await new FaultSocket(_machine.Socket).AskAsync(new HelperRequest { List = new ListFaults() }, Ct);
        Assert.Equal(new HelperAnswer(), answer);
        Assert.Contains("does not know what", (await new FaultSocket(_machine.Socket).AskAsync(new HelperRequest(), Ct))!.Refused, StringComparison.Ordinal);
        await _stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task An_end_that_is_no_instant_is_refused_and_the_next_one_is_answered()
    {
        using var book = await _machine.StartAsync(new FakeTimeProvider());
        using var listener = new Listener(_machine.Socket, null, _machine.Root, book);
        var serving = listener.ServeAsync(_stop.Token);
        var helper = new FaultSocket(_machine.Socket);

        var answer = await helper.AskAsync(new HelperRequest { Apply = new ApplyFault { Id = Asking.Id(1), Fault = FaultName.RightsExcess, Until = new() { Seconds = long.MaxValue } } }, Ct);

        Assert.True(answer!.HasRefused);
        Assert.Empty((await helper.AskAsync(new HelperRequest { List = new ListFaults() }, Ct))!.Records);
        await _stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task Who_says_nothing_keeps_the_others_waiting_for_seconds_only()
    {
        using var book = await _machine.StartAsync(new FakeTimeProvider());
        using var listener = new Listener(_machine.Socket, null, _machine.Root, book);
        var serving = listener.ServeAsync(_stop.Token);
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await silent.ConnectAsync(new UnixDomainSocketEndPoint(_machine.Socket), Ct);

        var answer = await new FaultSocket(_machine.Socket).AskAsync(new HelperRequest { List = new ListFaults() }, Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Assert.Equal(new HelperAnswer(), answer);
        await _stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task A_part_of_the_helper_that_ends_by_itself_ends_all_of_it_and_one_that_is_told_to_does_not_count()
    {
        var other = false;
        async Task GoOnAsync(CancellationToken ct)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            other = true;
        }

        Assert.False(await HelperCommands.UntilToldAsync(Ct, GoOnAsync, _ => Task.FromException(new InvalidOperationException("broken"))));
        Assert.True(other);
        _stop.CancelAfter(TimeSpan.FromMilliseconds(50));
        Assert.True(await HelperCommands.UntilToldAsync(_stop.Token, GoOnAsync, GoOnAsync));
    }

    [Theory, InlineData("run"), InlineData("undo")]
    public async Task Beside_a_helper_that_runs_neither_another_one_runs_nor_anything_is_undone(string command)
    {
        var state = Directory.CreateTempSubdirectory("sandbox-faults-").FullName;
        await using (var running = new FileStream(Path.Combine(state, "lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = await Assert.ThrowsAsync<SetupException>(() => HelperCommands.Create().Parse([command, "--state", state, "--root", state]).InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false }, Ct));
            Assert.StartsWith($"Another helper works with {state}.", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await HelperCommands.Create().Parse(["undo", "--state", state, "--root", state]).InvokeAsync(cancellationToken: Ct));
        Directory.Delete(state, recursive: true);
    }

    [Fact]
    public async Task A_helper_that_is_not_there_does_not_answer() =>
        Assert.Null(await new FaultSocket(_machine.Socket).AskAsync(new HelperRequest { List = new ListFaults() }, Ct));

    [Fact]
    public async Task A_group_that_is_not_there_is_said()
    {
        using var book = await _machine.StartAsync(new FakeTimeProvider());

        Assert.Contains("There is no group sandbox-agent", Assert.Throws<Sandbox.Faults.SetupException>(() => new Listener(_machine.Socket, "sandbox-agent", _machine.Root, book)).Message, StringComparison.Ordinal);
    }

    // connect(2) asks for the right to write.
    private async Task<bool> MayWriteAsync(params string[] who)
    {
        using var process = Process.Start(new ProcessStartInfo("setpriv", [.. who, "test", "-w", _machine.Socket]))!;
        await process.WaitForExitAsync(Ct);
        return process.ExitCode == 0;
    }
}
