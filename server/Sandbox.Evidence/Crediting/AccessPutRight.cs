using Sandbox.Evidence.Access;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 4.5: somebody was put into a group, or out of it, as the policy's matrix of roles asks, and a day later the whole group is as it asks. What was so when the device was first seen, or was brought about
/// since to be put right, earns nothing, and neither does a step that puts somebody else there in excess.
/// </summary>
internal sealed class AccessPutRight : ICreditRule
{
    private const string In = "in the group";
    private const string Out = "out of the group";

    public string Line => "4.5";

    public string Act => "access.put_right";

    public string Counts => "somebody who was put into a group, or out of it, as the role of the job asks";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public bool IsUnder(Policies.Policy policy) => Matrix(policy.Anywhere) is not null;

    /// <summary>The policy's matrix of roles. Null: it has none.</summary>
    public static AccessByRole? Matrix(Policies.Policy policy) => policy.On(Fact.KindOneofCase.Accounts).OfType<AccessByRole>().FirstOrDefault();

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.Accounts) || Matrix(device.Policy) is not { } matrix || device.Facts[Fact.KindOneofCase.Accounts] is not { } shown) yield break;
        if (device.Baseline[Fact.KindOneofCase.Accounts] is not { } first || device.Facts.Before(Fact.KindOneofCase.Accounts) is not { } last) yield break;
        foreach (var group in matrix.Groups)
        {
            if (Of(shown, group) is not { } members || Of(last, group) is not { } before || Of(first, group) is not { } atFirst) continue;
            if (Names(members).Except(Names(before)).Any(name => !matrix.Asks(name, group))) continue;
            foreach (var name in Names(members).Union(Names(before)).Where(name => members.Has(name) != before.Has(name)))
            {
                var asked = matrix.Asks(name, group);
                if (members.Has(name) != asked || atFirst.Has(name) == asked || !WorkingAccount.Is(device, name, now) || IsSeeded(device, name, group)) continue;
                yield return new Credit(MemberActs.Target(name, group), asked ? $"not {In} {group}, which the role asks for" : $"{In} {group}, which no role asks for", asked ? $"{In} {group}" : $"{Out} {group}", shown, last.ReportId)
                {
                    NotBefore = last.VerifiedAt, Reservation = IsThere(last, name) ? null : SharedActs.Words(Act),
                };
            }
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        var (name, group, wasPutIn) = (AccountOf(item), MemberActs.GroupIn(item.Target), item.After.StartsWith(In, StringComparison.Ordinal));
        if (device.Facts[Fact.KindOneofCase.Accounts] is not { } shown || Of(shown, group) is not { } members) return Standing.NotKnown;
        if (!IsThere(shown, name)) return new Standing.TakenBack("the account is gone: that is no level of access");
        if (WorkingAccount.IsShut(device, name, now)) return new Standing.TakenBack("the account was shut: who leaves counts for line 1.9");
        if (Matrix(device.Policy) is not { } matrix || !matrix.Groups.Contains(group) || matrix.Asks(name, group) != wasPutIn) return Standing.NotKnown;
        if (members.Has(name) != wasPutIn) return new Standing.TakenBack(wasPutIn ? "the account is out of the group again" : "the account is in the group again");
        return matrix.Judge(shown.Fact.Accounts, group).Verdict == Verdict.Pass ? new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt) : Standing.NotKnown;
    }

    public bool Explains(EvidenceItem item, AdminAct act)
    {
        var (name, group) = (AccountOf(item), MemberActs.GroupIn(item.Target));
        return item.After.StartsWith(In, StringComparison.Ordinal) ? MemberActs.MayAdd(act, name, group) : MemberActs.MayRemove(act, name, group);
    }

    public string AccountOf(EvidenceItem item) => MemberActs.AccountIn(item.Target);

    private static GroupMembers? Of(ReportedFact reported, string group) => GroupMembers.Of(reported.Fact.Accounts, group, out _);

    private static IReadOnlyList<string> Names(GroupMembers members) => members.Names ?? [];

    private static bool IsThere(ReportedFact reported, string name) => reported.Fact.Accounts.Accounts_.Any(one => one.Name == name);

    // What was seeded is counted by the rule that knows of it.
    private static bool IsSeeded(DeviceCase device, string name, string group) => device.Seeded.Any(one => one.Fault == FaultName.RightsExcess && one.What == name && one.Place == group);
}
