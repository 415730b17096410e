using System.IO.Compression;
using Sandbox.Ledger.Bundle;

namespace Sandbox.Verify.Files;

/// <summary>The files of a zip. They are read where they lie; nothing is unpacked onto the disk.</summary>
internal sealed class ZipFiles : IBundleFiles
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the zip's list.</summary>
    /// <exception cref="SetupException">It is no whole zip, or names of it lead outside or stand in it twice.</exception>
    public ZipFiles(Stream zip)
    {
        try
        {
            _zip = new ZipArchive(zip, ZipArchiveMode.Read);
            foreach (var entry in _zip.Entries) Add(entry);
            Paths = _entries.Keys.ToHashSet(StringComparer.Ordinal);
        }
        catch (InvalidDataException fault)
        {
            throw new SetupException($"This is no zip, or not all of it: {fault.Message} Copy it again from where it was made.");
        }
    }

    /// <inheritdoc/>
    public IReadOnlySet<string> Paths { get; }

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string path, CancellationToken ct) => _entries.TryGetValue(path, out var entry) ? await entry.OpenAsync(ct) : null;

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private void Add(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        // Folders that a packing program added hold nothing.
        if (name.EndsWith('/') && entry.Length == 0) name = name[..^1];
        else if (!_entries.TryAdd(name, entry)) throw new SetupException($"The zip holds '{name}' twice: no bundle does. Do not unpack it; ask for another.");
        if (!BundlePath.IsPlain(name)) throw new SetupException($"The zip holds '{name}', a name that leads outside of it or is hidden: no bundle does. Do not unpack it; ask for another.");
    }
}
