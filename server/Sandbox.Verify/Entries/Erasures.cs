using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Protocol;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Entries;

/// <summary>
/// Whether the log itself says of each entry that is shown as erased that it was: an entry about an erasure, of the same person and further on in the
/// log, names it. Without one it was held back. An erasure takes all that stands before it of its person: one that leaves something out was made to hold
/// back the rest.
/// </summary>
internal sealed class Erasures(Findings findings) : IEntryCheck
{
    private const int IdLength = 16;

    private readonly Dictionary<ByteString, IndexSet> _erased = [];
    private readonly Dictionary<ByteString, IndexSet> _said = [];
    private readonly Dictionary<ByteString, IndexSet> _left = [];
    private readonly Dictionary<ByteString, long> _until = [];
    private readonly IndexSet _whole = new();
    private readonly List<ErasureAct> _acts = [];
    private readonly Dictionary<ByteString, LastWork> _work = [];

    /// <summary>What the log says of erasures, in its order.</summary>
    public IReadOnlyList<ErasureAct> Acts => _acts;

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        if (entry.Body is null) TakeErased(entry);
        else TakeWhole(entry);
        if (entry.Body?.BodyErased is { } said) Take(entry, said);
    }

    /// <summary>After the last leaf: an erasure stands behind what it names.</summary>
    public void End()
    {
        foreach (var (person, erased) in _erased)
            foreach (var (first, last) in erased.Without(_said.GetValueOrDefault(person))) Fault(first, last, "shown as erased, but no entry of the log says so");
        foreach (var (person, act) in _until) LeftOut(person, act);
        foreach (var work in _work.Values)
            if (work.Contradicts is { } act) findings.Remark(act.Index, $"it says that they left on {act.LeftOn} and that their time was over, but entries that it takes are about work of {work.At:yyyy-MM-dd} and before: the time was counted from a day on which they had not left");
        foreach (var said in _said.Values)
            foreach (var (first, last) in said.Shared(_whole)) findings.Remark(Where(first, last), "was to be erased by an entry further on in the log, but is shown: this was made before the erasure, or out of an older copy of the database");
    }

    private void TakeErased(Shown entry)
    {
        if (NobodysKinds.NeverErased(entry.Leaf) is { } why) findings.Fault(entry.Index, $"shown as erased, but {why}");
        else Of(_erased, ByteString.CopyFrom(entry.Leaf.Person)).Add(entry.Index);
        if (entry.Leaf is { Person: { } person, Kind: EntryKind.Evidence or EntryKind.Learning or EntryKind.SignOff or EntryKind.Assignment or EntryKind.Fault }) _work[ByteString.CopyFrom(person)] = new LastWork(entry.Leaf.Time);
    }

    private void TakeWhole(Shown entry)
    {
        _whole.Add(entry.Index);
        if (NobodysKinds.NeverErased(entry.Leaf) is null) Of(_left, ByteString.CopyFrom(entry.Leaf.Person)).Add(entry.Index);
    }

    private void Take(Shown entry, BodyErased said)
    {
        if (said.PersonId.Length != IdLength) findings.Fault(entry.Index, "it says that entries were erased, and not whose: an erasure is of one person");
        else _until[said.PersonId] = entry.Index;
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
        var act = new ErasureAct(entry.Index, entry.Leaf.Time, named.Count, said.Reason, said.Early, said.Programme, said.YearsKept, said.HasLeftOn ? said.LeftOn : null);
        _acts.Add(act);
        if (_work.TryGetValue(said.PersonId, out var work)) _work[said.PersonId] = work with { Erasure = act };
    }

    private void LeftOut(ByteString person, long act)
    {
        foreach (var (first, last) in Of(_left, person).Without(_said.GetValueOrDefault(person)))
            if (first < act) Fault(first, Math.Min(last, act - 1), $"the erasure in entry {act} leaves it out, though it is of the same person and stands before it: an erasure takes all of that");
    }

    // One by one as far as anybody reads them; the rest at once.
    private void Fault(long first, long last, string what)
    {
        for (var index = first; index <= last && index - first < Findings.Most; index++) findings.Fault(index, what);
        if (last - first >= Findings.Most) findings.Fault(BundlePath.Entries, $"{Where(first + Findings.Most, last)}: {what}");
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
