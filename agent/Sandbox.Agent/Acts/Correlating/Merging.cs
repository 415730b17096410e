using Google.Protobuf;
using Sandbox.Agent.Acts.Journal;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>Makes one act of what several records tell: the best record names the actor, the most telling one the action.</summary>
internal static class Merging
{
    private const int MostRecords = 16;
    private const int MostReplaced = 8;

    // What useradd did is an account, though it made a group for it as well. A service that was started again runs.
    private static readonly Action[] Telling =
    [
        Action.Elsewhere,
        Action.Install, Action.Remove, Action.Upgrade, Action.Reinstall, Action.RemoveAccount, Action.AddAccount, Action.RemoveMember, Action.AddMember,
        Action.ChangeAgeing, Action.ChangePassword, Action.ChangeAccount, Action.RemoveGroup, Action.AddGroup, Action.ChangeGroup, Action.ChangeAudit,
        Action.RemovePrinter, Action.ChangePrinter, Action.ChangeConnection, Action.StartService, Action.StopService, Action.LogIn, Action.Run,
    ];

    /// <summary>Adds the record to the act.</summary>
    public static void Add(AdminAct act, AdminAct record)
    {
        if (NamesBetter(record, act)) Name(act, record);
        else Fill(act.Actor, record.Actor);
        if (Array.IndexOf(Telling, record.Action) < Array.IndexOf(Telling, act.Action)) (act.Action, act.Verb) = (record.Action, record.Verb);
        if (!SameAct.HasCommand(act) && SameAct.HasCommand(record)) Command(act, record);
        foreach (var done in record.Objects) SameObject.Add(act, done);
        if (PrinterCommand.Printer(act) is { } printer) act.Objects.Add(printer);
        MemberCommand.Tell(act);
        act.MoreObjects += record.MoreObjects;
        if (record.Result is Result.Failure) act.Result = Result.Failure;
        else if (act.Result is Result.Unspecified) act.Result = record.Result;
        Records(act, record);
        act.Id = ActId.Of(act.Records[0]);
    }

    /// <summary>The act was reported with that id before.</summary>
    public static void Replace(AdminAct act, ByteString was)
    {
        if (was != act.Id && !act.Replaces.Contains(was) && act.Replaces.Count < MostReplaced) act.Replaces.Add(was);
    }

    /// <summary>How much a method is worth; less is better.</summary>
    public static int Rank(Method method) => method is Method.Unspecified ? (int)Method.None : (int)method;

    private static bool NamesBetter(AdminAct record, AdminAct act)
    {
        // What the journal saw somebody else write is not believed, however often it stands in a file of text.
        if (JournalActs.IsForged(record)) return act.Method is Method.A3 || act.Source is Source.SudoText;
        if (JournalActs.IsForged(act)) return false;
        // Text without a person in it never says more than a record that knows that there was none.
        if (record.Method is Method.A3 && act.Method is Method.None && IsTrusted(act)) return false;
        if (record.Method is Method.None && act.Method is Method.A3 && IsTrusted(record)) return true;
        return Rank(record.Method) < Rank(act.Method);
    }

    private static bool IsTrusted(AdminAct act) => act.Source is Source.Audit or Source.Journal;

    private static void Name(AdminAct act, AdminAct record)
    {
        var before = act.Actor;
        act.Actor = record.Actor.Clone();
        if (!JournalActs.IsForged(record)) Fill(act.Actor, before);
        (act.Method, act.MethodReason, act.Source, act.SourceId, act.OccurredAt) = (record.Method, record.MethodReason, record.Source, record.SourceId, record.OccurredAt);
        if (record.HasAutomation) act.Automation = record.Automation;
        else act.ClearAutomation();
    }

    private static void Fill(Actor actor, Actor other)
    {
        if (!actor.HasOsUid && other.HasOsUid) actor.OsUid = other.OsUid;
        if (!actor.HasOsName && other.HasOsName) actor.OsName = other.OsName;
        if (!actor.HasLoginUid && other.HasLoginUid) actor.LoginUid = other.LoginUid;
        if (!actor.HasSession && other.HasSession) actor.Session = other.Session;
        if (!actor.HasRemoteIp && other.HasRemoteIp) actor.RemoteIp = other.RemoteIp;
        if (!actor.HasKeyFingerprint && other.HasKeyFingerprint) actor.KeyFingerprint = other.KeyFingerprint;
    }

    private static void Command(AdminAct act, AdminAct record)
    {
        (act.Program, act.HiddenArguments) = (record.Program, record.HiddenArguments);
        act.Arguments.AddRange(record.Arguments);
    }

    private static void Records(AdminAct act, AdminAct record)
    {
        foreach (var one in record.Records)
        {
            if (act.Records.Contains(one)) continue;
            act.RecordCount++;
            if (act.Records.Count < MostRecords) act.Records.Add(one);
        }
        // The one that names the actor first, then by worth and time.
        var sorted = act.Records.OrderBy(one => one.Source != act.Source || one.SourceId != act.SourceId)
            .ThenBy(one => Rank(one.Method)).ThenBy(one => one.OccurredAt.ToDateTimeOffset()).ThenBy(one => one.SourceId, StringComparer.Ordinal).ToList();
        act.Records.Clear();
        act.Records.AddRange(sorted);
    }
}
