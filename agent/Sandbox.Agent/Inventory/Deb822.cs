using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory;

/// <summary>The fields of a file of stanzas (deb822(5)). Continuation lines are passed over: no field that we read has any.</summary>
internal sealed class Deb822(string path) : IDisposable
{
    private readonly ByteLines _lines = new(path);

    /// <summary>The next field, or an empty name at the end of a stanza; valid until the next call. False: the file is over.</summary>
    public bool Next(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        while (_lines.Next(out var line))
        {
            if (line.Trim((byte)' ').IsEmpty) return true;
            var colon = line[0] is (byte)' ' or (byte)'\t' or (byte)'#' ? -1 : line.IndexOf((byte)':');
            if (colon <= 0) continue;
            name = line[..colon];
            value = line[(colon + 1)..].Trim(" \t\r"u8);
            return true;
        }
        return false;
    }

    public void Dispose() => _lines.Dispose();
}
