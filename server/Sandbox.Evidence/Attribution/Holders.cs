using Sandbox.Protocol;

namespace Sandbox.Evidence.Attribution;

/// <summary>Who is known on machines by which account, key or SID. Nothing is guessed: of two people who share an account neither is named.</summary>
public sealed class Holders(IReadOnlyCollection<AccountHolder> all)
{
    /// <summary>Nobody is known on any machine.</summary>
    public static Holders None { get; } = new([]);

    /// <summary>Which person acted.</summary>
    /// <param name="actor">What the records say of who did it.</param>
    /// <param name="device">Where.</param>
    /// <param name="at">When, by the server's clock.</param>
    public Who Of(Actor? actor, DeviceId device, DateTimeOffset at)
    {
        // The key that opened the session says more than the account: many may use one account.
        if (actor is { HasKeyFingerprint: true, KeyFingerprint: var key } && People(HolderKind.Key, key, device, at) is { Count: > 0 } byKey)
            return byKey.Count == 1 ? new Who.One(byKey[0], $"the key {key}") : Shared($"the key {key}", byKey);
        return WindowsItself.Of(actor) is { } itself ? new Who.Nobody($"{itself} is Windows itself") : BySid(actor, device, at) ?? ByAccount(actor, device, at);
    }

    /// <summary>Whether an account is somebody's, be it theirs alone or not.</summary>
    public bool IsOf(Guid person, string account, DeviceId device, DateTimeOffset at) => People(HolderKind.Account, account, device, at).Exists(one => one.Person == person);

    // Accounts are renamed, SIDs are not. Null: nobody is known by it.
    private Who? BySid(Actor? actor, DeviceId device, DateTimeOffset at)
    {
        if (actor is not { HasSid: true, Sid: var sid } || People(HolderKind.Sid, sid, device, at) is not { Count: > 0 } people) return null;
        // Machines that were copied from one image have the same SIDs for different people: only a domain's is one everywhere.
        if (people[0].Device is null && actor is not { HasSidIsLocal: true, SidIsLocal: false }) return new Who.Nobody($"the SID {sid} may be an account of this machine alone, and it is said of every device");
        return people.Count == 1 ? new Who.One(people[0], $"the SID {sid}") : Shared($"the SID {sid}", people);
    }

    private Who ByAccount(Actor? actor, DeviceId device, DateTimeOffset at)
    {
        if (actor is not { HasOsName: true, OsName: var account }) return new Who.Nobody(actor is { HasSid: true } ? $"nobody is known by the SID {actor.Sid} on this machine" : "no record names an account");
        if (People(HolderKind.Account, account, device, at) is not { Count: > 0 } people) return new Who.Nobody($"nobody is known to work under the account {account} on this machine");
        if (people.Count > 1) return Shared($"the account {account}", people);
        // Who is known by another SID is not whoever has their name now.
        return actor.HasSid && all.Any(one => one.Kind == HolderKind.Sid && one.Person == people[0].Person && one.Holds(device, at))
            ? new Who.Nobody($"the account {account} has the SID {actor.Sid}, and {people[0].Name} is known by another one")
            : new Who.One(people[0], $"the account {account}");
    }

    private static Who.Nobody Shared(string what, List<AccountHolder> people) =>
        new($"{what} is shared by {string.Join(" and ", people.Select(one => one.Name).Order(StringComparer.Ordinal))}, and nothing tells which of them it was");

    // What is said of the one device goes before what is said of all.
    private List<AccountHolder> People(HolderKind kind, string value, DeviceId device, DateTimeOffset at)
    {
        var known = all.Where(one => one.Kind == kind && one.Value == value && one.Holds(device, at)).ToList();
        var here = known.Where(one => one.Device is not null).ToList();
        return [.. (here.Count > 0 ? here : known).DistinctBy(one => one.Person)];
    }
}
