using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>
/// Looks each second at what people decided about devices, also by a command in another process: closes the streams of those out of service
/// and tells open pages. It compares names and states instead of asking for what is newer than a clock, so a clock that jumps hides nothing.
/// </summary>
internal sealed partial class DeviceWatch(IDbContextFactory<SandboxDb> store, OpenStreams streams, LiveFeed feed, TimeProvider time, ILogger<DeviceWatch> logger)
    : BackgroundService
{
    /// <summary>How often it looks.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private Dictionary<DeviceId, (string Name, DeviceState State)>? _known;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                CannotLook(fault.Message);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var db = await store.CreateDbContextAsync(ct);
        var now = new Dictionary<DeviceId, (string Name, DeviceState State)>();
        await foreach (var device in db.Devices.AsNoTracking().Select(x => new { x.Id, x.Name, x.State }).AsAsyncEnumerable().WithCancellation(ct))
        {
            now[device.Id] = (device.Name, device.State);
            if (device.State != DeviceState.Active) Close(device.Id, device.Name, device.State);
            if (_known is not null && (!_known.TryGetValue(device.Id, out var before) || before != now[device.Id]))
                feed.Publish(new LiveEvent(device.Id, LiveChange.Device, time.GetUtcNow()));
        }

        _known = now;
    }

    private void Close(DeviceId device, string name, DeviceState state)
    {
        if (!streams.IsOpen(device)) return;
        var why = OutOfService.Of(state).Reason;
        Closing(device, name, Refused.WireName(why));
        streams.Close(device, why);
    }

    [LoggerMessage(3203, LogLevel.Information, "Closing the stream of {Device} ({Name}): {Reason}")]
    private partial void Closing(DeviceId device, string name, string reason);

    [LoggerMessage(3204, LogLevel.Warning, "Cannot see at present which devices were revoked; each call is still checked: {Why}")]
    private partial void CannotLook(string why);
}
