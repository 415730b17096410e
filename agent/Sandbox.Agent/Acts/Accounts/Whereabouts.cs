using Sandbox.Agent.Acts.Journal;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using Method = Sandbox.Protocol.AdminAct.Types.Method;

namespace Sandbox.Agent.Acts.Accounts;

/// <summary>
/// Whether an act that says it changed accounts changed those of this system. In a container or chroot the same kernel hears the same tools, with numbers
/// of other accounts.
/// </summary>
internal sealed class Whereabouts(AccountFiles files)
{
    // Between the record and the new file, on a disk that is busy; some tools write their record afterwards.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    // A clock that was set back would keep an act waiting for ever.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private const string Reason =
        "its process lived in another root folder, or the files of this machine's accounts did not change then: a container, a chroot, another folder, or a directory";

    /// <summary>What can be told of an act now.</summary>
    public Whereabout Of(AdminAct act, DateTimeOffset now)
    {
        if (act.Action is Action.Elsewhere) return Whereabout.Elsewhere;
        // Nothing was done at all, and who wrote that it was is to be read.
        if (JournalActs.IsForged(act)) return Whereabout.Here;
        if (act.Result is Result.Failure || files.ChangedBy(act.Action) is not { Count: > 0 } changed) return Whereabout.Here;
        var times = act.Records.Select(record => record.OccurredAt.ToDateTimeOffset()).ToList();
        var (from, to) = (times.Min() - Before, times.Max() + Later);
        var present = changed.Where(file => file.IsThere).ToList();
        var seen = present.Select(file => file.Changed(from, to)).ToList();
        if (seen.Count == 0 || seen.Contains(true)) return Whereabout.Here;
        if (now <= to && to - now < LongestWait) return Whereabout.NotYetKnown;
        // What was read long after it happened is not doubted for that: a later change of the files hides an earlier one.
        return seen.Contains(null) ? Whereabout.Here : Whereabout.Elsewhere;
    }

    /// <summary>Makes it an act of nobody, on no account of this system.</summary>
    public static void Disown(AdminAct act)
    {
        (act.Action, act.Method, act.MethodReason, act.MoreObjects) = (Action.Elsewhere, Method.None, Reason, 0);
        act.Objects.Clear();
        act.Actor.ClearOsName();
        act.Actor.ClearLoginUid();
        act.ClearAutomation();
    }
}

/// <summary>Whether an act was done to this system.</summary>
internal enum Whereabout
{
    /// <summary>To this one, as far as can be told.</summary>
    Here,

    /// <summary>Its files may still change.</summary>
    NotYetKnown,

    /// <summary>Not to this one.</summary>
    Elsewhere,
}
