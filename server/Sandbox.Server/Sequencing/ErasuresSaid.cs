using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Server.Sequencing;

/// <summary>Which entries are erased, and which ones the log says were: by person, because an erasure speaks of one.</summary>
internal sealed class ErasuresSaid
{
    private readonly Dictionary<string, IndexSet> _erased = [];
    private readonly Dictionary<string, IndexSet> _said = [];
    private readonly List<string> _faults = [];

    /// <summary>Erasures that make no sense.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>An entry has nothing beside its leaf any more.</summary>
    public void Erased(long place, byte[]? person) => Of(_erased, person ?? []).Add(place);

    /// <summary>An entry says what was erased.</summary>
    /// <param name="place">Its place; the largest number: it has none yet.</param>
    /// <param name="body">What it says.</param>
    public void Said(long place, byte[] body)
    {
        try
        {
            if (LogBody.Parser.ParseFrom(body).BodyErased is not { } said) return;
            foreach (var range in said.Erased) Take(place, said, range);
        }
        catch (InvalidProtocolBufferException)
        {
            _faults.Add($"what the erasure in entry {place} says cannot be read");
        }
    }

    /// <summary>Those that are erased without an entry that says so, as ranges.</summary>
    public IEnumerable<(long First, long Last)> Unsaid() => _erased.SelectMany(pair => pair.Value.Without(_said.GetValueOrDefault(pair.Key))).Order();

    private void Take(long place, BodyErased said, IndexRange range)
    {
        if (range.First > range.Last || range.Last >= (ulong)place) _faults.Add($"entry {place} says that the entries {range.First} to {range.Last} were erased, which do not stand before it");
        else Of(_said, said.PersonId.ToByteArray()).Add((long)range.First, (long)range.Last);
    }

    private static IndexSet Of(Dictionary<string, IndexSet> sets, byte[] person)
    {
        var key = Convert.ToHexStringLower(person);
        if (!sets.TryGetValue(key, out var set)) sets[key] = set = new IndexSet();
        return set;
    }
}
