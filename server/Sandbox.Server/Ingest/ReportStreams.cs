using System.Collections.Concurrent;
using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>The open streams by their devices, so that the writer finds what is in memory of a device.</summary>
internal sealed class ReportStreams
{
    private readonly ConcurrentDictionary<DeviceId, ReportStream> _byDevice = new();

    /// <summary>A stream began; it takes the place of an older one, and never that of a younger one, whose hello was answered first.</summary>
    public void Add(ReportStream stream) => _byDevice.AddOrUpdate(stream.Device, stream, (_, present) => present.Session > stream.Session ? present : stream);

    /// <summary>A stream ended.</summary>
    public void Remove(ReportStream stream) => _byDevice.TryRemove(new KeyValuePair<DeviceId, ReportStream>(stream.Device, stream));

    /// <summary>The stream of a device. Null: it has none here, or the server has closed it.</summary>
    public ReportStream? Find(DeviceId device) => _byDevice.TryGetValue(device, out var stream) && !stream.Open.Closed.IsCancellationRequested ? stream : null;
}
