using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using Method = Sandbox.Protocol.AdminAct.Types.Method;

namespace Sandbox.Agent.Acts;

/// <summary>An act as one record tells it.</summary>
internal static class NewAct
{
    /// <summary>With a record, and nobody named yet.</summary>
    public static AdminAct Of(Source source, string sourceId, DateTimeOffset at, Action action, string verb)
    {
        var occurred = Timestamp.FromDateTimeOffset(at);
        return new AdminAct
        {
            Source = source,
            SourceId = sourceId,
            OccurredAt = occurred,
            Action = action,
            Verb = Clean.Text(verb),
            Actor = new Actor(),
            Records = { new ActRecord { Source = source, SourceId = sourceId, OccurredAt = occurred } },
            RecordCount = 1,
        };
    }

    /// <summary>Who did it, how sure that is, and why.</summary>
    public static AdminAct By(this AdminAct act, Method method, string reason)
    {
        (act.Method, act.MethodReason, act.Records[0].Method) = (method, reason, method);
        return act;
    }

    /// <summary>The process that the record is about.</summary>
    public static AdminAct Pid(this AdminAct act, uint? pid)
    {
        if (pid is { } number) act.Records[0].Pid = number;
        return act;
    }

    /// <summary>What was run, as far as it may be said.</summary>
    public static AdminAct Ran(this AdminAct act, Redacted command)
    {
        act.Program = Clean.Text(command.Program);
        act.Arguments.AddRange(command.Arguments);
        act.HiddenArguments = (uint)command.Hidden;
        return act;
    }

    /// <summary>What it was done to.</summary>
    public static AdminAct To(this AdminAct act, string kind, string? name, string? id = null, string? detail = null)
    {
        if (name is null && id is null) return act;
        var done = new ActObject { Kind = kind };
        if (name is not null) done.Name = Clean.Text(name);
        if (id is not null) done.Id = Clean.Text(id);
        if (detail is not null) done.Detail = Clean.Text(detail);
        act.Objects.Add(done);
        return act;
    }
}
