using Sandbox.Protocol;
using Sandbox.Server.Live;

namespace Sandbox.Server.Dashboard.Events;

/// <summary>What an open page is about: it hears of nothing else.</summary>
/// <param name="Device">One device, and the log when that is the part. Null: <paramref name="About"/> alone says it.</param>
/// <param name="About">Which part of the lab.</param>
internal sealed record LiveTopic(DeviceId? Device, LiveTopic.Part About)
{
    /// <summary>A part of the lab.</summary>
    internal enum Part
    {
        /// <summary>Devices and what was turned away.</summary>
        Lab,

        /// <summary>What wants a person: of the lab, and lines and tasks.</summary>
        Overview,

        /// <summary>Join codes and the devices that come by them.</summary>
        Enrol,

        /// <summary>The evidence log.</summary>
        Log,

        /// <summary>People.</summary>
        People,

        /// <summary>Lines of the schedule.</summary>
        Lines,
    }

    /// <summary>The part of a word in an address. Null: there is no such part.</summary>
    public static Part? Parse(string? word) => word switch
    {
        null => Part.Lab,
        "overview" => Part.Overview,
        "enrol" => Part.Enrol,
        "log" => Part.Log,
        "people" => Part.People,
        "lines" => Part.Lines,
        _ => null,
    };

    /// <summary>Whether a page about this part shows what changed.</summary>
    public bool Shows(LiveChange change) => About switch
    {
        Part.Log => change == LiveChange.Log,
        Part.People => change is LiveChange.People or LiveChange.Device or LiveChange.Code,
        Part.Lines => change is LiveChange.Line or LiveChange.People,
        Part.Overview => change is not (LiveChange.Log or LiveChange.People or LiveChange.Code),
        Part.Enrol => change is not (LiveChange.Log or LiveChange.People or LiveChange.Seen or LiveChange.Line),
        _ => change is not (LiveChange.Log or LiveChange.People or LiveChange.Code or LiveChange.Line),
    };
}
