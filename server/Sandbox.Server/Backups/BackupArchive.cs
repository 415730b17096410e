using System.IO.Compression;
using System.Security.Cryptography;

namespace Sandbox.Server.Backups;

/// <summary>A backup as one file: a zip of its parts and, at last, of the manifest that names them.</summary>
internal static class BackupArchive
{
    /// <summary>Writes it.</summary>
    /// <param name="file">The file, empty.</param>
    /// <param name="folder">The parts.</param>
    /// <param name="manifest">What it is to say; the parts are added here.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task WriteAsync(Stream file, BackupFolder folder, BackupManifest manifest, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var parts = new List<BackupPart>();
        foreach (var name in folder.Names)
        {
            await using var part = File.OpenRead(folder.PathOf(name));
            await using var into = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
            parts.Add(await CopyAsync(name, part, into, ct));
        }
        await using var last = await zip.CreateEntry(BackupManifest.Name).OpenAsync(ct);
        await last.WriteAsync((manifest with { Parts = parts }).ToBytes(), ct);
    }

    /// <summary>Opens a backup for reading.</summary>
    /// <exception cref="SetupException">There is none, or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SetupException($"{path} does not exist.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{path} cannot be read by the user {Environment.UserName}. Run this as the user who made it, or with sudo.");
        }
    }

    /// <summary>Puts the parts of a backup into a folder.</summary>
    /// <exception cref="SetupException">It is no backup, or one of a newer program.</exception>
    /// <exception cref="InvalidDataException">It is damaged: what it holds is not what its manifest says.</exception>
    public static async Task<BackupManifest> ExtractAsync(Stream file, string path, BackupFolder folder, CancellationToken ct)
    {
        await using var zip = await ReadAsync(file, ct);
        if (zip?.GetEntry(BackupManifest.Name) is not { } first) throw new SetupException($"{path} is no backup of a sandbox-server, or its end is missing.");
        var manifest = BackupManifest.Parse(await ReadAsync(first, ct));
        if (manifest.Format != BackupManifest.PresentFormat)
            throw new SetupException($"{path} was made by a newer program ({manifest.Program}; this one is {BackupManifest.ThisProgram}). Use that program.");
        if (zip.Entries.Count != manifest.Parts.Count + 1) throw new InvalidDataException($"it holds {zip.Entries.Count - 1} parts, but its manifest names {manifest.Parts.Count}");
        foreach (var part in manifest.Parts)
        {
            var entry = zip.GetEntry(part.Name) ?? throw new InvalidDataException($"{part.Name} is missing");
            await using var from = await entry.OpenAsync(ct);
            await using var into = folder.Create(part.Name);
            if (await CopyAsync(part.Name, from, into, ct) != part) throw new InvalidDataException($"{part.Name} is not what the manifest says: its SHA-256 is another one");
        }
        return manifest;
    }

    // Null: it is no zip, or one whose end is missing.
    private static async Task<ZipArchive?> ReadAsync(Stream file, CancellationToken ct)
    {
        try
        {
            return await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry, CancellationToken ct)
    {
        await using var from = await entry.OpenAsync(ct);
        using var into = new MemoryStream();
        await from.CopyToAsync(into, ct);
        return into.ToArray();
    }

    private static async Task<BackupPart> CopyAsync(string name, Stream from, Stream into, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, bytes) = (new byte[128 * 1024], 0L);
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await into.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        return new BackupPart(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
