using Sandbox.Evidence.Access;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 4.5: somebody was put into a group, or out of it, as the policy's matrix of roles asks, and a day later the whole group is as it asks. What was so when the device was first seen, or was brought about
/// since to be put right, earns nothing, and neither does a step that also gives somebody what no role asks for, nor who has root's rights by another door.
/// </summary>
internal sealed class AccessPutRight : ICreditRule
{
    private const string In = "in the group";
    private const string Out = "out of the group";

    public string Line => "4.5";

    public string Act => "access.put_right";

    public string Counts => "somebody who was put into a group, or out of it, as the role of the job asks";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public bool IsUnder(Policy policy) => Matrix(policy.Anywhere) is not null;

    /// <summary>The policy's matrix of roles. Null: it has none.</summary>
    public static AccessByRole? Matrix(Policy policy) => policy.On(Fact.KindOneofCase.Accounts).OfType<AccessByRole>().FirstOrDefault();

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.Accounts) || Matrix(device.Policy) is not { } matrix || device.Facts[Fact.KindOneofCase.Accounts] is not { } shown) yield break;
        if (device.Baseline[Fact.KindOneofCase.Accounts] is not { } first || device.Facts.Before(Fact.KindOneofCase.Accounts) is not { } last) yield break;
        var steps = matrix.Groups.Select(group => new Step(group, Of(first, group), Of(last, group), Of(shown, group))).ToList();
        // Who gives what is asked together with what is not, gives too much.
        if (steps.Exists(step => step.Joined.Any(name => !matrix.Asks(name, step.Group)))) yield break;
        foreach (var step in steps.Where(step => step is { First: not null, Last: not null, Shown: not null }))
            foreach (var (name, isIn) in step.Joined.Select(name => (name, true)).Concat(step.Left.Select(name => (name, false))))
            {
                if (matrix.Asks(name, step.Group) != isIn || step.First!.Has(name) == isIn || WasAnother(name, shown, last)) continue;
                if (isIn ? !WorkingAccount.MayBecome(device, name, now) : !WorkingAccount.Is(device, name, now) || HasAnotherDoor(device, name, step.Group, null)) continue;
                yield return new Credit(MemberActs.Target(name, step.Group), Before(matrix, device.Policy, name, step.Group, isIn), isIn ? $"{In} {step.Group}" : $"{Out} {step.Group}", shown, last.ReportId)
                {
                    NotBefore = last.VerifiedAt, Reservation = IsThere(first, name) ? null : SharedActs.Words(Act),
                };
            }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        var (name, group, wasPutIn) = (AccountOf(item), MemberActs.GroupIn(item.Target), WasPutIn(item));
        if (device.Facts[Fact.KindOneofCase.Accounts] is not { } shown || Of(shown, group) is not { } members) return Standing.NotKnown;
        if (!IsThere(shown, name)) return new Standing.TakenBack("the account is gone: that is no level of access");
        if (!wasPutIn && WorkingAccount.IsShut(device, name, now)) return new Standing.TakenBack("the account was shut: who leaves counts for line 1.9");
        if (Matrix(device.Policy) is not { } matrix || !matrix.Groups.Contains(group)) return Standing.NotKnown;
        // The job is another one now. What had held had its use; what had not begins anew.
        if (matrix.Asks(name, group) != wasPutIn) return item.State == EvidenceState.Held ? Standing.NotKnown : new Standing.TakenBack("the roles ask for something else since");
        if (members.Has(name) != wasPutIn) return new Standing.TakenBack(wasPutIn ? "the account is out of the group again" : "the account is in the group again");
        if (!wasPutIn && HasAnotherDoor(device, name, group, item.ChangedAt)) return new Standing.TakenBack("the account can do everything as root by another way");
        var hasMore = matrix.Groups.Any(other => !matrix.Asks(name, other) && Of(shown, other)?.Has(name) == true);
        return !hasMore && WorkingAccount.MayBecome(device, name, now) && IsAsAsked(matrix, group, device, now) ? new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt) : Standing.NotKnown;
    }

    public bool Explains(EvidenceItem item, AdminAct act)
    {
        var (name, group) = (AccountOf(item), MemberActs.GroupIn(item.Target));
        return WasPutIn(item) ? MemberActs.MayAdd(act, name, group) : MemberActs.MayRemove(act, name, group);
    }

    public string AccountOf(EvidenceItem item) => MemberActs.AccountIn(item.Target);

    private static bool WasPutIn(EvidenceItem item) => item.After.StartsWith(In, StringComparison.Ordinal);

    private static string Before(AccessByRole matrix, Policy policy, string name, string group, bool isIn) =>
        isIn ? $"not {In} {group}, which the role {string.Join(", ", matrix.Asking(name, group))} asks for by {policy.Name}" : $"{In} {group}, which no role of theirs asks for by {policy.Name}";

    private static GroupMembers? Of(ReportedFact reported, string group) => GroupMembers.Of(reported.Fact.Accounts, group, out _);

    private static bool IsThere(ReportedFact reported, string name) => reported.Fact.Accounts.Accounts_.Any(one => one.Name == name);

    // Another name for an account that was there.
    private static bool WasAnother(string name, ReportedFact shown, ReportedFact last) =>
        !IsThere(last, name) && shown.Fact.Accounts.Accounts_.FirstOrDefault(one => one.Name == name) is { HasUid: true, Uid: var uid } && last.Fact.Accounts.Accounts_.Any(one => one.HasUid && one.Uid == uid);

    // Passes, or somebody is exempt from it.
    private static bool IsAsAsked(AccessByRole matrix, string group, DeviceCase device, DateTimeOffset now) =>
        matrix.Judge(device.Facts, group) is var finding && (finding.Verdict == Verdict.Pass || (finding.Verdict == Verdict.Fail && device.Policy.Exemptions.Any(one => one.Covers(finding, device.Facts, now))));

    // Of groups that give root's rights: another of that kind, or sudo's rules as they were read since.
    private static bool HasAnotherDoor(DeviceCase device, string name, string group, DateTimeOffset? since)
    {
        var rights = device.Facts[Fact.KindOneofCase.AdminRights];
        if (!RootDoors.Groups.Contains(group) && rights?.Fact.AdminRights.Groups.Any(one => one.Name == group && one.FullGrant) != true) return false;
        var groups = device.Facts[Fact.KindOneofCase.Accounts]?.Fact.Accounts.Accounts_.FirstOrDefault(one => one.Name == name)?.Groups;
        return groups?.Any(RootDoors.Groups.Contains) == true || (rights?.VerifiedAt > since && rights.Fact.AdminRights.FullAdministrators.Any(one => one.Name == name));
    }

    // One group at the beginning, before the report and with it. Null: not known.
    private sealed record Step(string Group, GroupMembers? First, GroupMembers? Last, GroupMembers? Shown)
    {
        public IEnumerable<string> Joined => Last is null ? [] : (Shown?.Names ?? []).Except(Last.Names ?? []);

        public IEnumerable<string> Left => Shown is null ? [] : (Last?.Names ?? []).Except(Shown.Names ?? []);
    }
}
