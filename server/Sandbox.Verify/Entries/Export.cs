using Google.Protobuf;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Verify.Files;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>The entry that records the export, which binds the documents of the bundle to the log.</summary>
/// <param name="Entry">It, as disclosed.</param>
/// <param name="Said">What it says.</param>
internal sealed record Export(DisclosedEntry Entry, BundleExported Said)
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>What was exported.</summary>
    public ExportScope Scope { get; } = new(Said);

    /// <summary>Reads it. Whether it stands in the log, the walk through the leaves tells.</summary>
    /// <param name="files">The bundle.</param>
    /// <param name="size">Leaves of the log.</param>
    /// <param name="findings">What is wrong.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>Null: it cannot be read, which is a fault.</returns>
    public static async Task<Export?> ReadAsync(IBundleFiles files, long size, Findings findings, CancellationToken ct)
    {
        try
        {
            var bytes = await files.ReadAsync(BundlePath.Export, MostBytes, ct);
            if (bytes is not [.. var line, (byte)'\n']) throw new FormatException("it does not end with a line feed");
            var entry = DisclosedEntry.Parse(line);
            if (entry.Index >= size) throw new FormatException($"it speaks of entry {entry.Index}, but the log has {size}");
            if (LogBody.Parser.ParseFrom(entry.Body ?? []).Exported is not { } said) throw new FormatException("it is no entry of an export");
            return said.HasFormat ? throw new FormatException($"it is the entry of one document alone ({said.Format}), not of a bundle") : new Export(entry, said);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or InvalidProtocolBufferException or InvalidOperationException)
        {
            findings.Fault(BundlePath.Export, $"{fault.Message.TrimEnd('.')}: nothing binds the documents to the log, and nothing says what the bundle must hold");
            return null;
        }
    }
}
