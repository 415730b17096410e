namespace Sandbox.Agent.Wifi;

/// <summary>Elements of a beacon, one after the other: number, length, content (IEEE 802.11-2020 §9.4.2.1). What is cut off ends the list.</summary>
internal ref struct BeaconElements(ReadOnlySpan<byte> bytes)
{
    private const byte NameElement = 0;
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Number { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Nothing is left, so none was cut off.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    public bool Next()
    {
        if (_rest is not [var number, var length, .. var rest] || rest.Length < length) return false;
        Number = number;
        Content = rest[..length];
        _rest = rest[length..];
        return true;
    }

    /// <summary>Bytes of the network's name. Empty: it is hidden.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> bytes)
    {
        var all = new BeaconElements(bytes);
        while (all.Next())
            if (all.Number == NameElement) return all.Content;
        return default;
    }
}
