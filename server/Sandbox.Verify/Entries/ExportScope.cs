using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Verify.Entries;

/// <summary>What an export says that it shows: every entry of these must be in the bundle.</summary>
internal sealed class ExportScope(BundleExported export)
{
    private readonly long _size = (long)Math.Min(export.Size, long.MaxValue);
    private readonly byte[]? _person = Bytes(export.HasPersonId, export.PersonId);
    private readonly byte[]? _device = Bytes(export.HasDeviceId, export.DeviceId);
    private readonly DateTimeOffset? _from = export.From?.ToDateTimeOffset();
    private readonly DateTimeOffset? _until = export.Until?.ToDateTimeOffset();

    /// <summary>A choice of lines was exported: entries about other lines may be left out, and nobody can tell which.</summary>
    public bool IsChoiceOfLines => export.Lines.Count > 0;

    /// <summary>Whether the entry must be shown.</summary>
    public bool Holds(long index, LogEntry leaf) =>
        index < _size
        && (_person is null || leaf.Person.AsSpan().SequenceEqual(_person))
        && (_device is null || leaf.Device.AsSpan().SequenceEqual(_device))
        && (_from is null || leaf.Time >= _from)
        && (_until is null || leaf.Time < _until);

    /// <summary>Whether all decisions about a column of a line of this person, from the first on, must be shown.</summary>
    public bool HoldsFromTheFirst(ByteString person, string line) =>
        _device is null && _from is null && (_person is null || person.Span.SequenceEqual(_person)) && (!IsChoiceOfLines || export.Lines.Contains(line));

    private static byte[]? Bytes(bool has, ByteString id) => has ? id.ToByteArray() : null;
}
