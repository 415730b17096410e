using System.Collections.Concurrent;
using System.Data.Common;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;

namespace Sandbox.Server.Faults;

/// <summary>Where streams and seeded faults meet: each order goes once to each stream, and what a device says is kept and told to who credits.</summary>
internal sealed partial class FaultDesk(IServiceScopeFactory scopes, SeededNow seeded, ILogger<FaultDesk> logger)
{
    private readonly ConcurrentDictionary<DeviceId, Line> _lines = new();

    /// <summary>A stream begins: what is known of its device is read, and orders go to it until what is returned is disposed.</summary>
    public async Task<IDisposable> JoinAsync(DeviceId device, Action<ServerMessage> send, CancellationToken ct)
    {
        await SafelyAsync(book => Task.CompletedTask, device, ct);
        var line = new Line(device, send, this);
        _lines[device] = line;
        return line;
    }

    /// <summary>Takes what a device says. When it cannot be kept now, the device says it again with its next stream.</summary>
    public Task TakeAsync(DeviceId device, FaultEvent said, TimeSpan clockOffset, CancellationToken ct) => SafelyAsync(book => book.TakeAsync(device, said, clockOffset, ct), device, ct);

    /// <summary>Tells devices that are connected here what is due.</summary>
    public async Task SendDueAsync(CancellationToken ct)
    {
        if (_lines.IsEmpty) return;
        await using var scope = scopes.CreateAsyncScope();
        foreach (var (device, order) in await scope.ServiceProvider.GetRequiredService<FaultBook>().DueAsync(ct))
            if (_lines.TryGetValue(device, out var line)) line.Send(order);
    }

    private async Task SafelyAsync(Func<FaultBook, Task> work, DeviceId device, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var book = scope.ServiceProvider.GetRequiredService<FaultBook>();
            await work(book);
            seeded.Set(device, await book.OfAsync(device, ct));
        }
        catch (Exception fault) when (fault is DbException or Microsoft.EntityFrameworkCore.DbUpdateException or InvalidOperationException { InnerException: DbException })
        {
            NotKept(device, fault);
        }
    }

    [LoggerMessage(3640, LogLevel.Warning, "What {Device} says of seeded faults could not be kept, or theirs not be read; it says it again with its next stream")]
    private partial void NotKept(DeviceId device, Exception fault);

    private sealed class Line(DeviceId device, Action<ServerMessage> send, FaultDesk desk) : IDisposable
    {
        private readonly ConcurrentDictionary<ServerMessage, bool> _sent = new();

        public void Send(ServerMessage order)
        {
            if (_sent.TryAdd(order, true)) send(order);
        }

        public void Dispose() => desk._lines.TryRemove(new KeyValuePair<DeviceId, Line>(device, this));
    }
}
