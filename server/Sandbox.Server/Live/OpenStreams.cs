using System.Collections.Concurrent;
using Sandbox.Protocol;

namespace Sandbox.Server.Live;

/// <summary>The telemetry streams that are open on this server: one per device, the newest.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<DeviceId, OpenStream> _byDevice = new();

    /// <summary>How many devices are connected.</summary>
    public int Count => _byDevice.Count;

    /// <summary>The devices that are connected at this moment.</summary>
    public ICollection<DeviceId> Devices => _byDevice.Keys;

    /// <summary>Whether a device is connected.</summary>
    public bool IsOpen(DeviceId device) => _byDevice.ContainsKey(device);

    /// <summary>Takes the device's place; an older stream of it is closed as superseded.</summary>
    public OpenStream Open(DeviceId device)
    {
        var stream = new OpenStream(device, this);
        _byDevice.AddOrUpdate(device, stream, (_, older) =>
        {
            older.Close(Reason.StreamSuperseded);
            return stream;
        });
        return stream;
    }

    /// <summary>Closes a device's stream, if it has one.</summary>
    public void Close(DeviceId device, Reason why)
    {
        if (_byDevice.TryGetValue(device, out var stream)) stream.Close(why);
    }

    internal void Leave(OpenStream stream) => _byDevice.TryRemove(new KeyValuePair<DeviceId, OpenStream>(stream.Device, stream));
}

/// <summary>One open stream; dispose it when the call ends.</summary>
internal sealed class OpenStream(DeviceId device, OpenStreams all) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Whose it is.</summary>
    public DeviceId Device => device;

    /// <summary>Fires when the server closes it.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Why the server closed it. Unspecified while it is open.</summary>
    public Reason Why { get; private set; }

    /// <summary>Closes it; the first reason stands.</summary>
    public void Close(Reason why)
    {
        if (Why == Reason.Unspecified) Why = why;
        // The stream's own work must not run on the writer's thread: the flag is set now, who waits for it is woken elsewhere.
        _ = _closed.CancelAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => all.Leave(this);
}
