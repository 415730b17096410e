using System.Collections.Concurrent;
using System.Data.Common;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;

namespace Sandbox.Server.Faults;

/// <summary>Where streams and seeded faults meet: each order goes once to each stream, and what a device says is kept and told to who credits.</summary>
internal sealed partial class FaultDesk(IServiceScopeFactory scopes, SeededNow seeded, TimeProvider time, ILogger<FaultDesk> logger)
{
    private readonly ConcurrentDictionary<DeviceId, Line> _lines = new();

    /// <summary>A stream begins: what is known of its device is read, and orders go to it until what is returned is disposed.</summary>
    public async Task<IDisposable> JoinAsync(DeviceId device, Action<ServerMessage> send, CancellationToken ct)
    {
        var line = new Line(device, send, new Allowance(time), Leave);
        _lines[device] = line;
        try
        {
            await SafelyAsync(device, book => ReadAsync(book, device, ct));
            return line;
        }
        catch (OperationCanceledException)
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Takes what a device says. When it cannot be kept now, the device says it again with its next stream.</summary>
    public async Task TakeAsync(DeviceId device, FaultEvent said, TimeSpan clockOffset, CancellationToken ct)
    {
        if (_lines.TryGetValue(device, out var line) && !line.Allowance.Take()) return;
        await SafelyAsync(
            device,
            async book =>
            {
                if (await book.TakeAsync(device, said, clockOffset, ct)) await ReadAsync(book, device, ct);
            });
    }

    /// <summary>Ends what is over, tells devices that are connected here what is due, and reads what could not be read.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<FaultBook>();
        foreach (var device in await book.EndSilentAsync(ct))
            if (_lines.TryGetValue(device, out var line)) line.IsRead = false;
        if (_lines.IsEmpty) return;
        foreach (var (device, line) in _lines)
            if (!line.IsRead) await ReadAsync(book, device, ct);
        foreach (var (device, order) in await book.DueAsync(ct))
            if (_lines.TryGetValue(device, out var line)) line.Send(order);
    }

    // Of a device whose stream has ended nothing stays known.
    private async Task ReadAsync(FaultBook book, DeviceId device, CancellationToken ct)
    {
        if (!_lines.TryGetValue(device, out var line)) return;
        line.IsRead = false;
        seeded.Set(device, await book.OfAsync(device, ct));
        line.IsRead = true;
        if (!_lines.ContainsKey(device)) seeded.Set(device, []);
    }

    private async Task SafelyAsync(DeviceId device, Func<FaultBook, Task> work)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<FaultBook>());
        }
        catch (Exception fault) when (fault is DbException or Microsoft.EntityFrameworkCore.DbUpdateException or InvalidOperationException { InnerException: DbException })
        {
            NotKept(device, fault);
        }
    }

    private void Leave(DeviceId device, Line line)
    {
        if (line.Allowance.Refused > 0) Ignored(device, line.Allowance.Refused);
        if (_lines.TryRemove(new KeyValuePair<DeviceId, Line>(device, line))) seeded.Set(device, []);
    }

    [LoggerMessage(3640, LogLevel.Warning, "What {Device} says of seeded faults could not be kept, which it says again with its next stream, or theirs not be read, which is tried again within seconds")]
    private partial void NotKept(DeviceId device, Exception fault);

    [LoggerMessage(3642, LogLevel.Warning, "{Device} said more of seeded faults than a stream may: {Count} events were ignored")]
    private partial void Ignored(DeviceId device, int count);

    private sealed class Line(DeviceId device, Action<ServerMessage> send, Allowance allowance, Action<DeviceId, Line> leave) : IDisposable
    {
        private readonly ConcurrentDictionary<ServerMessage, bool> _sent = new();

        public Allowance Allowance { get; } = allowance;

        /// <summary>Whether what is known of the device is what is stored.</summary>
        public bool IsRead { get; set; }

        public void Send(ServerMessage order)
        {
            if (_sent.TryAdd(order, true)) send(order);
        }

        public void Dispose() => leave(device, this);
    }
}
