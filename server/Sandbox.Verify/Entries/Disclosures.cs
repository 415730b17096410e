using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Files;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>Goes through the disclosed entries beside the leaves: both are in the order of the log.</summary>
/// <param name="lines">Lines of <see cref="BundlePath.Entries"/>.</param>
/// <param name="findings">What is wrong.</param>
internal sealed class Disclosures(LineReader lines, Findings findings)
{
    private DisclosedEntry? _next;
    private long _last = -1;
    private long _line;
    private bool _ended;

    /// <summary>The entry of an index, when it is disclosed. Indices are asked for in rising order.</summary>
    public async ValueTask<DisclosedEntry?> AtAsync(long index, CancellationToken ct)
    {
        while (!_ended && (_next is null || _next.Index < index)) await ReadAsync(ct);
        return _next?.Index == index ? _next : null;
    }

    /// <summary>After the last leaf: what is left speaks of no leaf.</summary>
    public async Task EndAsync(long size, CancellationToken ct)
    {
        if (await AtAsync(size, ct) is not null || !_ended) findings.Fault($"{BundlePath.Entries}, line {_line}", $"it speaks of entry {_next!.Index}; the log has {size}");
    }

    private async ValueTask ReadAsync(CancellationToken ct)
    {
        _next = null;
        try
        {
            var line = await lines.NextAsync(ct);
            _line++;
            if (line is null) _ended = true;
            else Take(DisclosedEntry.Parse(line.Value));
        }
        catch (FormatException fault)
        {
            findings.Fault($"{BundlePath.Entries}, line {_line}", fault.Message);
        }
        catch (InvalidDataException fault)
        {
            findings.Fault(BundlePath.Entries, fault.Message);
            _ended = true;
        }
    }

    private void Take(DisclosedEntry entry)
    {
        if (entry.Index > _last) (_next, _last) = (entry, entry.Index);
        else findings.Fault(entry.Index, entry.Index == _last ? $"it stands in {BundlePath.Entries} twice" : $"it stands in {BundlePath.Entries} after entry {_last}: they are in the order of the log");
    }
}
