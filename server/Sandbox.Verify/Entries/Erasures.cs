using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>
/// Whether the log itself says of each entry that is shown as erased that it was: an entry about an erasure, of the same person and further on in the
/// log, names it. Without one it was held back.
/// </summary>
internal sealed class Erasures(Findings findings) : IEntryCheck
{
    private readonly Dictionary<ByteString, IndexSet> _erased = [];
    private readonly Dictionary<ByteString, IndexSet> _said = [];
    private readonly IndexSet _whole = new();
    private readonly List<ErasureAct> _acts = [];

    /// <summary>What the log says of erasures, in its order.</summary>
    public IReadOnlyList<ErasureAct> Acts => _acts;

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        if (entry.Body is null) Of(_erased, entry.Leaf.Person is { } person ? ByteString.CopyFrom(person) : ByteString.Empty).Add(entry.Index);
        else _whole.Add(entry.Index);
        if (entry.Body?.BodyErased is { } said) Take(entry, said);
    }

    /// <summary>After the last leaf: an erasure stands behind what it names.</summary>
    public void End()
    {
        foreach (var (person, erased) in _erased)
            foreach (var (first, last) in erased.Without(_said.GetValueOrDefault(person))) Unsaid(first, last);
        foreach (var said in _said.Values)
            foreach (var (first, last) in said.Shared(_whole)) findings.Remark(Where(first, last), "was to be erased by an entry further on in the log, but is shown: this was made before the erasure, or out of an older copy of the database");
    }

    private void Take(Shown entry, BodyErased said)
    {
        var (named, all) = (new IndexSet(), Of(_said, said.PersonId));
        foreach (var range in said.Erased)
        {
            if (range.First > range.Last || range.Last >= (ulong)entry.Index)
            {
                findings.Fault(entry.Index, $"it says that the entries {range.First} to {range.Last} were erased, which do not stand before it");
                continue;
            }
            named.Add((long)range.First, (long)range.Last);
            all.Add((long)range.First, (long)range.Last);
        }
        _acts.Add(new ErasureAct(entry.Index, entry.Leaf.Time, named.Count, said.Reason, said.Early, said.Programme, said.YearsKept, said.HasLeftOn ? said.LeftOn : null));
    }

    // One by one as far as anybody reads them; the rest at once.
    private void Unsaid(long first, long last)
    {
        for (var index = first; index <= last && index - first < Findings.Most; index++) findings.Fault(index, "shown as erased, but no entry of the log says so");
        if (last - first >= Findings.Most) findings.Fault(BundlePath.Entries, $"{Where(first + Findings.Most, last)}: shown as erased, but no entry of the log says so");
    }

    private static string Where(long first, long last) => first == last ? $"entry {first}" : $"entries {first} to {last}";

    private static IndexSet Of(Dictionary<ByteString, IndexSet> sets, ByteString person)
    {
        if (!sets.TryGetValue(person, out var set)) sets[person] = set = new IndexSet();
        return set;
    }
}

/// <summary>What the log says of one erasure.</summary>
/// <param name="Index">Its entry.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Entries">How many entries it names.</param>
/// <param name="Reason">Why, in the words of who asked for it.</param>
/// <param name="Early">Before the day until which they were to be kept.</param>
/// <param name="Programme">Whose rule it was.</param>
/// <param name="YearsKept">Years that it keeps a record after its apprentice left.</param>
/// <param name="LeftOn">The day on which the person left. Null: they had not.</param>
internal sealed record ErasureAct(long Index, DateTimeOffset At, long Entries, string Reason, bool Early, string Programme, uint YearsKept, string? LeftOn);
