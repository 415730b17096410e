using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Anna at work on a device that was seen before.</summary>
internal static class At
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>A device of which Anna's account is known, a minute after it said this first.</summary>
    public static Watched Device(params IMessage[] first) => new Watched().Knows(Doing.Works(Doing.Anna, "anna")).Says(first).After(Minute);

    /// <summary>Anna runs a command.</summary>
    public static AdminAct Runs(DateTimeOffset at, string program, params string[] arguments) =>
        Doing.Act(at, "anna", Action.Run, string.Join(' ', arguments)).With(act =>
        {
            act.Objects.Clear();
            act.Program = program;
            act.Arguments.AddRange(arguments);
        });

    /// <summary>Anna does something to an object.</summary>
    public static AdminAct Does(DateTimeOffset at, Action action, string kind, string name, string? detail = null) => Doing.Act(at, "anna", action, name).With(act =>
    {
        act.Objects.Clear();
        act.Objects.Add(new ActObject { Kind = kind, Name = name });
        if (detail is not null) act.Objects[0].Detail = detail;
    });
}
