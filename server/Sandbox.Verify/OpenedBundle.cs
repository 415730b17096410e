using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Devices;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Files;
using Sandbox.Verify.SignOffs;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Verify;

/// <summary>What lies beside the tree: documents and disclosed entries. A folder of tiles and a log that is served have neither.</summary>
internal sealed class OpenedBundle
{
    private readonly Export? _export;
    private readonly Documents? _documents;
    private readonly DeviceSignatures _devices;
    private readonly Decisions _decisions;
    private readonly Erasures _erasures;
    private readonly Names _names = new();

    private OpenedBundle(Export? export, Documents? documents, LineReader? lines, IEntryCheck? shown, Findings findings)
    {
        (_export, _documents, _devices, _decisions, _erasures) = (export, documents, new DeviceSignatures(findings), new Decisions(export?.Scope, findings), new Erasures(findings));
        IEntryCheck[] checks = [_devices, new CitedReports(findings), _decisions, _erasures, Rolls, _names];
        Walk = new EntryWalk(lines is null ? null : new Disclosures(lines, findings), export, checks, shown, findings);
    }

    /// <summary>The keys of the log that gave way to others.</summary>
    public KeyRolls Rolls { get; } = new();

    /// <summary>Goes through its entries.</summary>
    public EntryWalk Walk { get; }

    /// <summary>What it shows, when all leaves were gone through. Null: there is the tree alone.</summary>
    public Shows? Shows => _documents is null ? null : new Shows(
        _export is null ? "not known" : ScopeWords.Of(_export.Said, _names), Walk.ExportedAt, Walk.DisclosedCount, Walk.ErasedCount, _documents.Good, _devices.SignedCount, _devices.UnsignedCount, _decisions.All)
    {
        IsOfOnePerson = _export?.Said.HasPersonId ?? false,
        Erasures = _erasures.Acts,
    };

    /// <summary>Checks the documents and begins with the entries.</summary>
    public static async Task<OpenedBundle> OpenAsync(IBundleFiles files, long size, IEntryCheck? shown, Findings findings, CancellationToken ct)
    {
        if (files.Paths is not { } paths) return new OpenedBundle(null, null, null, shown, findings);
        var documents = new Documents(files, findings);
        documents.CheckTree(size);
        if (!paths.Any(path => path is BundlePath.Export or BundlePath.Sums || BundlePath.IsDocument(path)))
        {
            findings.Remark(BundlePath.Tree, "there are no documents and no disclosed entries here: this is a log's tree and no bundle");
            return new OpenedBundle(null, null, null, shown, findings);
        }
        var export = await Export.ReadAsync(files, size, findings, ct);
        await documents.CheckAsync(export, ct);
        return new OpenedBundle(export, documents, await LinesAsync(files, ct), shown, findings);
    }

    // Null: they cannot be read, which is told with the documents.
    private static async Task<LineReader?> LinesAsync(IBundleFiles files, CancellationToken ct)
    {
        try
        {
            return await files.OpenAsync(BundlePath.Entries, ct) is { } entries ? new LineReader(entries) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
