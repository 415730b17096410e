using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Server.Sequencing;

/// <summary>Which entries are erased, and which ones the log says were: by person, because an erasure speaks of one and takes all that stands before it of theirs.</summary>
internal sealed class ErasuresSaid
{
    private const int IdLength = 16;

    private readonly Dictionary<string, IndexSet> _erased = [];
    private readonly Dictionary<string, IndexSet> _whole = [];
    private readonly Dictionary<string, IndexSet> _said = [];
    private readonly Dictionary<string, long> _until = [];
    private readonly List<string> _faults = [];

    /// <summary>Erasures that make no sense.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>An entry has nothing beside its leaf any more.</summary>
    public void Erased(long place, LogEntry leaf)
    {
        if (NobodysKinds.NeverErased(leaf) is { } why) _faults.Add($"entry {place} is erased, but {why}");
        else Of(_erased, Key(leaf.Person)).Add(place);
    }

    /// <summary>An entry has all that its leaf commits to.</summary>
    public void Whole(long place, LogEntry leaf)
    {
        if (NobodysKinds.NeverErased(leaf) is null) Of(_whole, Key(leaf.Person)).Add(place);
    }

    /// <summary>An entry says what was erased.</summary>
    /// <param name="place">Its place; the largest number: it has none yet.</param>
    /// <param name="body">What it says.</param>
    public void Said(long place, byte[] body)
    {
        try
        {
            if (LogBody.Parser.ParseFrom(body).BodyErased is not { } said) return;
            if (said.PersonId.Length != IdLength) _faults.Add($"entry {place} says that entries were erased, and not whose");
            else _until[Key(said.PersonId.ToByteArray())] = place;
            foreach (var range in said.Erased) Take(place, said, range);
        }
        catch (InvalidProtocolBufferException)
        {
            _faults.Add($"what the erasure in entry {place} says cannot be read");
        }
    }

    /// <summary>Those that are erased without an entry that says so, as ranges.</summary>
    public IEnumerable<(long First, long Last)> Unsaid() => _erased.SelectMany(pair => pair.Value.Without(_said.GetValueOrDefault(pair.Key))).Order();

    /// <summary>Those that an erasure leaves out, though they are of its person and stand before it, as ranges.</summary>
    public IEnumerable<(long First, long Last)> LeftOut() => _until
        .SelectMany(act => Of(_whole, act.Key).Without(_said.GetValueOrDefault(act.Key)).Where(range => range.First < act.Value).Select(range => (range.First, Math.Min(range.Last, act.Value - 1)))).Order();

    private void Take(long place, BodyErased said, IndexRange range)
    {
        if (range.First > range.Last || range.Last >= (ulong)place) _faults.Add($"entry {place} says that the entries {range.First} to {range.Last} were erased, which do not stand before it");
        else Of(_said, Key(said.PersonId.ToByteArray())).Add((long)range.First, (long)range.Last);
    }

    private static string Key(byte[]? person) => Convert.ToHexStringLower(person ?? []);

    private static IndexSet Of(Dictionary<string, IndexSet> sets, string key)
    {
        if (!sets.TryGetValue(key, out var set)) sets[key] = set = new IndexSet();
        return set;
    }
}
