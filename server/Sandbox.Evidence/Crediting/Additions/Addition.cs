using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// A device has something of which nothing was there when it was first seen, it is as it should be, and still is a day later. What was there at first, in
/// whatever state, is nobody's to have added.
/// </summary>
/// <param name="line"><see cref="ICreditRule.Line"/>.</param>
/// <param name="act"><see cref="ICreditRule.Act"/>.</param>
/// <param name="sort">What it is, the first word of a target: <c>printer</c>.</param>
/// <param name="kind">The fact that lists it.</param>
internal abstract class Addition(string line, string act, string sort, Fact.KindOneofCase kind) : ICreditRule
{
    public string Line => line;

    public string Act => act;

    public abstract string Counts { get; }

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public virtual TimeSpan Lasts => TimeSpan.Zero;

    /// <summary>Other facts without which it cannot be told whether one is as it should be.</summary>
    protected virtual IReadOnlyList<Fact.KindOneofCase> Besides => [];

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!(device.Changed.Contains(kind) || device.Changed.Overlaps(Besides)) || device.Facts[kind] is not { } shown || device.Baseline[kind] is not { } first) yield break;
        // After a start what was said before is known no more, so neither is since when this is so.
        var last = device.Facts.Before(kind);
        var before = last ?? first;
        var were = Names(first.Fact).Concat(Objects(first.Fact)).ToHashSet(StringComparer.Ordinal);
        foreach (var thing in Things(shown.Fact, device))
        {
            if (were.Contains(thing.Name) || (thing.Object is { } behind && !were.Add(behind)) || IsTaken(thing, device, now) || !CanCome(thing.Name, before.Fact)) continue;
            yield return new Credit(thing.Target(sort), null, thing.After, shown, before.ReportId)
            {
                NotBefore = last is not null && Beginnable.Is(last.Fact) ? last.VerifiedAt : null, Reservation = thing.Reservation,
            };
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (device.Facts[kind] is not { } shown) return Standing.NotKnown;
        var things = Things(shown.Fact, device).ToList();
        if (things.Exists(thing => thing.Target(sort) == item.Target)) return new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt);
        // What has held is not gone when it is given another name.
        if (item.State == EvidenceState.Held && things.Exists(thing => thing.IsBehind(item.Target))) return Standing.NotKnown;
        return Beginnable.Is(shown.Fact) && Lost(NameIn(item), shown.Fact) is { } why ? new Standing.TakenBack(why) : Standing.NotKnown;
    }

    public bool Explains(EvidenceItem item, AdminAct act)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Explains(NameIn(item), item, act);
    }

    public IReadOnlyList<Outlook> SeenBy(EvidenceItem item, DeviceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(item);
        return SeenBy(NameIn(item), item, facts);
    }

    /// <summary>What machines of others say when they see the one of that name.</summary>
    protected virtual IReadOnlyList<Outlook> SeenBy(string name, EvidenceItem item, DeviceFacts facts) => [];

    /// <summary>Whether targets name what lies behind: <see cref="Thing.Object"/>.</summary>
    protected virtual bool HasObjects => false;

    /// <summary>Names of all that the fact lists of the sort, whether or not it counts.</summary>
    protected abstract IEnumerable<string> Names(Fact fact);

    /// <summary>What lies behind the names: <see cref="Thing.Object"/>.</summary>
    protected virtual IEnumerable<string> Objects(Fact fact) => [];

    /// <summary>Those that are as they should be.</summary>
    protected abstract IEnumerable<Thing> Things(Fact fact, DeviceCase device);

    /// <summary>Whether one that counts now can have come since an earlier fact. By default it can: it may have been there, and not as it should be.</summary>
    protected virtual bool CanCome(string name, Fact before) => true;

    /// <summary>Why one that counted does not any more, by a fact that lists all there is. Null: that is not known, or may pass.</summary>
    protected virtual string? Lost(string name, Fact shown) => Names(shown).Contains(name) ? $"the {sort} is not as it should be any more" : $"the {sort} is not there any more";

    /// <summary>Whether this act, if it happened at that time, brought the one of that name.</summary>
    protected abstract bool Explains(string name, EvidenceItem item, AdminAct act);

    private string NameIn(EvidenceItem item) => Thing.NameIn(item.Target, sort, HasObjects);

    // Another name for what was credited, or tried within the time, is no other thing.
    private bool IsTaken(Thing thing, DeviceCase device, DateTimeOffset now) => device.Evidence.Any(item =>
        item.Act == Act && item.Target != thing.Target(sort) && thing.IsBehind(item.Target) && (item.State != EvidenceState.Undone || item.StateSince > now - Dwell));
}
