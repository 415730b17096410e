using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 4.5: somebody who could do everything as root through a group when the device was first seen is taken out of that group, can still work, and is no administrator a
/// day later. Groups of the policy's matrix of roles are <see cref="AccessPutRight"/>'s, where a right that is given may count as well; who leaves counts for 1.9, and what a group may do for 7.2.
/// </summary>
internal sealed class AdminTakenAway : ICreditRule
{
    private const string NoMatrix = "whether the role of the account asks for it is not known: no matrix of roles names the group, so the mentor says whether it was too much";

    public string Line => "4.5";

    public string Act => "administrator.taken_away";

    public string Counts => "an administrator's right that somebody did not need and that was taken away";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Overlaps([Fact.KindOneofCase.AdminRights, Fact.KindOneofCase.Accounts]) || device.Facts[Fact.KindOneofCase.AdminRights] is not { } shown) yield break;
        if (device.Baseline[Fact.KindOneofCase.AdminRights] is not { } first || device.Facts.Before(Fact.KindOneofCase.AdminRights) is not { } last) yield break;
        // Whose right is the last one shuts the machine up.
        if (!Beginnable.Is(shown.Fact) || !Beginnable.Is(last.Fact) || shown.Fact.AdminRights.FullAdministrators.Count == 0) yield break;
        var managed = AccessPutRight.Matrix(device.Policy)?.Groups ?? [];
        var atFirst = first.Fact.AdminRights.FullAdministrators.Where(one => one.Through is ['%', not '#', ..]).Select(one => (one.Name, Group: one.Through[1..], Seeded: (Guid?)null));
        var seeded = device.Seeded.Where(one => one.Fault == FaultName.RightsExcess && one.MayBeRepairedIn(shown, device)).Select(one => (Name: one.What, Group: one.Place, Seeded: (Guid?)one.Id));
        foreach (var (name, group, fault) in seeded.Concat(atFirst).DistinctBy(one => (one.Name, one.Group)))
        {
            // A seeded right is an account's with which nobody ever works.
            if (!Has(last, name) || Has(shown, name) || !IsOut(shown, group, name) || (fault is null && (managed.Contains(group) || !WorkingAccount.Is(device, name, now))) || StillMay(device, name)) continue;
            yield return new Credit(MemberActs.Target(name, group), $"could do everything as root, through the group {group}", $"no administrator, and out of the group {group}", shown, last.ReportId)
            {
                NotBefore = last.VerifiedAt, Reservation = fault is null ? NoMatrix : null, Seeded = fault,
            };
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[Fact.KindOneofCase.AdminRights] is not { } shown) return Standing.NotKnown;
        var name = AccountOf(item);
        // What another seeded fault gives back takes back nothing.
        if (Has(shown, name) && device.Seeded.Any(one => one.Id != item.Seeded && one.Fault == FaultName.RightsExcess && one.What == name && one.WasThere(shown.VerifiedAt, device))) return Standing.NotKnown;
        if (Has(shown, name)) return new Standing.TakenBack("the account is an administrator again");
        if (device.Facts[Fact.KindOneofCase.Accounts] is { } accounts && AccountAdded.IsWhole(accounts.Fact.Accounts) && !accounts.Fact.Accounts.Accounts_.Any(one => one.Name == name))
            return new Standing.TakenBack("the account is gone: that is no level of access");
        if (item.Seeded is null && WorkingAccount.IsShut(device, name, now)) return new Standing.TakenBack("the account was shut: who leaves counts for line 1.9");
        return Beginnable.Is(shown.Fact) ? new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt) : Standing.NotKnown;
    }

    public bool Explains(EvidenceItem item, AdminAct act) => MemberActs.MayRemove(act, AccountOf(item), MemberActs.GroupIn(item.Target));

    public string AccountOf(EvidenceItem item) => MemberActs.AccountIn(item.Target);

    private static bool Has(ReportedFact rights, string name) => rights.Fact.AdminRights.FullAdministrators.Any(one => one.Name == name);

    // The group may do what it could, and the account is not in it: it is the account that lost it.
    private static bool IsOut(ReportedFact rights, string group, string name) => rights.Fact.AdminRights.Groups.Any(one => one.Name == group && one.FullGrant && !one.Members.Contains(name));

    // Groups that give root by another door.
    private static bool StillMay(DeviceCase device, string name) =>
        device.Facts[Fact.KindOneofCase.Accounts]?.Fact.Accounts.Accounts_.FirstOrDefault(one => one.Name == name)?.Groups.Any(RootDoors.Groups.Contains) == true;
}
