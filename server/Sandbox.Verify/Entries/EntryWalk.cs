using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>Goes through all leaves and, beside them, the disclosed entries.</summary>
/// <param name="disclosed">The disclosed ones. Null: there is the tree alone.</param>
/// <param name="export">The entry that records the export. Null: it was no bundle, or cannot be read.</param>
/// <param name="checks">Are handed each disclosed entry.</param>
/// <param name="shown">Is handed each besides, and the one that records the export. Null: nobody wants them.</param>
/// <param name="findings">What is wrong.</param>
internal sealed class EntryWalk(Disclosures? disclosed, Export? export, IReadOnlyList<IEntryCheck> checks, IEntryCheck? shown, Findings findings)
{
    private readonly Twice _twice = new(findings);

    /// <summary>The times of the leaves.</summary>
    public Times Times { get; } = new(findings);

    /// <summary>How many entries are disclosed with what they say.</summary>
    public long DisclosedCount { get; private set; }

    /// <summary>How many are disclosed as erased.</summary>
    public long ErasedCount { get; private set; }

    /// <summary>How many of the scope are not disclosed, as a choice of lines allows.</summary>
    public long LeftOutCount { get; private set; }

    /// <summary>When the export was logged. Null: not known.</summary>
    public DateTimeOffset? ExportedAt { get; private set; }

    /// <summary>Takes the next leaf.</summary>
    public async ValueTask TakeAsync(long index, LogEntry? leaf, CancellationToken ct)
    {
        var entry = disclosed is null ? null : await disclosed.AtAsync(index, ct);
        if (leaf is null) return;
        Times.Take(index, leaf);
        _twice.Take(index, leaf);
        if (index == export?.Entry.Index && Check(export.Entry, leaf) is { } exported)
        {
            ExportedAt = leaf.Time;
            shown?.Take(exported);
        }
        if (entry is not null) Disclose(entry, leaf);
        else if (export is not null && export.Scope.Holds(index, leaf)) Miss(index, leaf, export.Scope);
    }

    /// <summary>After the last leaf.</summary>
    public async Task EndAsync(long size, CancellationToken ct)
    {
        _twice.End();
        if (disclosed is not null) await disclosed.EndAsync(size, ct);
        foreach (var check in checks) check.End();
        if (LeftOutCount > 0)
            findings.Remark(BundlePath.Entries, $"{LeftOutCount} entries of the people, devices and time of this export are not in it; they may speak of other lines of the schedule. Completeness cannot be shown for a choice of lines");
    }

    private void Miss(long index, LogEntry leaf, ExportScope scope)
    {
        if (scope.IsChoiceOfLines) LeftOutCount++;
        else findings.Fault(index, $"it is missing from {BundlePath.Entries}: this {leaf.Kind.ToString().ToLowerInvariant()} of {leaf.Time:u} belongs to what was exported");
    }

    private void Disclose(DisclosedEntry entry, LogEntry leaf)
    {
        if (Check(entry, leaf) is not { } disclosure) return;
        if (disclosure.Body is null) ErasedCount++;
        else DisclosedCount++;
        foreach (var check in checks) check.Take(disclosure);
        shown?.Take(disclosure);
    }

    // Null: it is not what the leaf says, which is a fault.
    private Shown? Check(DisclosedEntry entry, LogEntry leaf)
    {
        if (!entry.IsCommittedBy(leaf))
        {
            findings.Fault(entry.Index, "its bytes are not those to which its leaf commits: they were altered, or belong to another entry");
            return null;
        }
        try
        {
            var body = entry.Body is null ? null : LogBody.Parser.ParseFrom(entry.Body);
            if (body is not null && BodyForm.Fault(leaf, body) is { } fault) findings.Fault(entry.Index, fault);
            return new Shown(entry.Index, leaf, body);
        }
        catch (InvalidProtocolBufferException)
        {
            findings.Fault(entry.Index, "its bytes are no entry of a log");
            return null;
        }
    }
}
