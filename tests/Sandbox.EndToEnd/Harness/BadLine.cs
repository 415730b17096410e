using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Sandbox.EndToEnd.Harness;

/// <summary>A TCP proxy that does to each of its first connections what it is told, and lets the later ones alone.</summary>
internal sealed class BadLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly IPAddress _from;
    private int _done;
    private int _agentsGaveUp;
    private int _serversGaveUp;

    /// <summary>Listens on a free port.</summary>
    /// <param name="target">Port on this machine where connections lead.</param>
    /// <param name="plans">What happens to the first, the second, ... connection.</param>
    /// <param name="from">Address of this machine from which the target sees them come.</param>
    public BadLine(int target, IReadOnlyList<Plan> plans, string from = "127.0.0.1")
    {
        _from = IPAddress.Parse(from);
        _listener.Start();
        _accepting = AcceptAsync(target, new Queue<Plan>(plans));
    }

    /// <summary>Where to connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many plans have been carried out.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>How many silent connections the agent has ended since, by itself: nobody told it.</summary>
    public int AgentsGaveUp => Volatile.Read(ref _agentsGaveUp);

    /// <summary>The same of the server.</summary>
    public int ServersGaveUp => Volatile.Read(ref _serversGaveUp);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync(int target, Queue<Plan> plans)
    {
        while (true)
        {
            var one = await _listener.AcceptSocketAsync(_end.Token);
            plans.TryDequeue(out var plan);
            _connections.Add(CarryAsync(one, target, plan));
        }
    }

    private async Task CarryAsync(Socket agent, int target, Plan? plan)
    {
        using var _ = agent;
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        try
        {
            server.Bind(new IPEndPoint(_from, 0));
            await server.ConnectAsync(IPAddress.Loopback, target, _end.Token);
            var silent = new StrongBox<bool>();
            var there = PumpAsync(agent, server, plan, silent, cut.Token);
            var back = PumpAsync(server, agent, plan, silent, cut.Token);
            if (plan is not null) await HarmAsync(plan, agent, server, silent, cut);
            if (silent.Value) await Task.WhenAll(CountAsync(there, () => Interlocked.Increment(ref _agentsGaveUp)), CountAsync(back, () => Interlocked.Increment(ref _serversGaveUp)));
            else await Task.WhenAll(there, back);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone, or the line was cut.
        }
    }

    // An end that gives up closes or resets its side; the other one is not told.
    private async Task CountAsync(Task pump, Action count)
    {
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_end.IsCancellationRequested) count();
    }

    private async Task HarmAsync(Plan plan, Socket agent, Socket server, StrongBox<bool> silent, CancellationTokenSource cut)
    {
        await Task.Delay(plan.After, TimeProvider.System, cut.Token);
        Interlocked.Increment(ref _done);
        switch (plan.Harm)
        {
            case Harm.Cut:
                // A reset, not an orderly end: what is under way is lost on both sides.
                (agent.LingerState, server.LingerState) = (new LingerOption(true, 0), new LingerOption(true, 0));
                await cut.CancelAsync();
                agent.Close();
                server.Close();
                break;
            case Harm.HalfCloseToServer: server.Shutdown(SocketShutdown.Send); break;
            case Harm.HalfCloseToAgent: agent.Shutdown(SocketShutdown.Send); break;
            case Harm.Silence: Volatile.Write(ref silent.Value, true); break;
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Plan? plan, StrongBox<bool> silent, CancellationToken ct)
    {
        var bytes = new byte[16 * 1024];
        while (await from.ReceiveAsync(bytes, ct) is > 0 and var count)
        {
            if (plan is { EachPiece.Ticks: > 0 }) await Task.Delay(plan.EachPiece, TimeProvider.System, ct);
            if (Volatile.Read(ref silent.Value)) continue;
            for (var sent = 0; sent < count;) sent += await to.SendAsync(bytes.AsMemory(sent, count - sent), ct);
        }
        if (!Volatile.Read(ref silent.Value)) to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>What happens to a connection.</summary>
    /// <param name="Harm">Which harm.</param>
    /// <param name="After">How long after it began.</param>
    /// <param name="EachPiece">How long each piece waits on its way; zero: not at all.</param>
    internal sealed record Plan(Harm Harm, TimeSpan After, TimeSpan EachPiece);

    /// <summary>What a line may do.</summary>
    internal enum Harm
    {
        /// <summary>Reset in both directions.</summary>
        Cut,

        /// <summary>The server hears the end of the agent's words; the other direction stays.</summary>
        HalfCloseToServer,

        /// <summary>The agent hears the end of the server's words; the other direction stays.</summary>
        HalfCloseToAgent,

        /// <summary>Nothing comes through any more, in either direction, and nobody is told: a pulled cable. Neither end hears that the other has closed.</summary>
        Silence,
    }
}
