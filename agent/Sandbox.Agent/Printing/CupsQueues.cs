using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Printing.Ipp;
using Sandbox.Protocol;
using static Sandbox.Protocol.PrintQueue.Types;

namespace Sandbox.Agent.Printing;

/// <summary>Queues as CUPS-Get-Printers tells of them.</summary>
internal static class CupsQueues
{
    /// <summary>Characters that are kept of what people wrote.</summary>
    public const int LongestText = 200;

    /// <summary>Of what says why a queue stands as it does.</summary>
    public const int MostReasons = 20;

    private const ushort GetPrinters = 0x4002;

    private static readonly string[] Asked =
    [
        "printer-name", "device-uri", "printer-uuid", "printer-make-and-model", "printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-is-shared", "printer-location",
        "printer-info", "printer-is-temporary", "printer-type", "printer-config-change-time", "cups-browsed-default",
    ];

    /// <summary>The question for all of them.</summary>
    /// <param name="user">Who asks, by one's own word: RFC 8011 §9.3.</param>
    public static IppRequest Question(string user) =>
        new IppRequest(GetPrinters).With(IppValue.Name, "requesting-user-name", user).With(IppValue.Keyword, "requested-attributes", Asked);

    /// <summary>One queue of the answer. Null: it has no name.</summary>
    public static PrintQueue? Of(IppGroup said)
    {
        if (ShortText.Of(said.Text("printer-name"), LongestText) is not { } name) return null;
        var queue = new PrintQueue { Name = name, State = StateOf(said.Number("printer-state")) };
        var type = said.Number("printer-type");
        if (type is not null) queue.IsClass = (type & CupsTypes.Class) != 0;
        // CUPS gives a class the address of its own self.
        if (!queue.IsClass && said.Text("device-uri") is { Length: > 0 } device) queue.Device = DeviceAddress.Shown(device);
        if (ShortText.Of(said.Text("printer-uuid"), LongestText) is { } uuid) queue.Uuid = uuid;
        if (ShortText.Of(said.Text("printer-make-and-model"), LongestText) is { } model) queue.MakeAndModel = model;
        queue.StateReasons.AddRange(said.Texts("printer-state-reasons").Where(reason => reason != "none").Select(reason => ShortText.Of(reason, LongestText)).OfType<string>().Take(MostReasons));
        if (said.Truth("printer-is-accepting-jobs") is { } accepting) queue.Accepting = accepting;
        if (said.Truth("printer-is-shared") is { } shared) queue.Shared = shared;
        if (ShortText.Of(said.Text("printer-location"), LongestText) is { } location) queue.Location = location;
        if (ShortText.Of(said.Text("printer-info"), LongestText) is { } info) queue.Info = info;
        if (said.Truth("printer-is-temporary") is not null || type is not null)
            queue.Automatic = said.Truth("printer-is-temporary") == true || (type & CupsTypes.Discovered) > 0 || said.Truth("cups-browsed-default") == true || said.Text("cups-browsed-default") == "true";
        if (said.Number("printer-config-change-time") is > 0 and var seconds) queue.ConfiguredAt = new Timestamp { Seconds = seconds };
        return queue;
    }

    /// <summary>It is the one that jobs go to when nobody says which.</summary>
    public static bool IsDefault(IppGroup said) => (said.Number("printer-type") & CupsTypes.Default) > 0;

    // printer-state of RFC 8011 §5.4.11.
    private static State StateOf(int? number) => number switch { 3 => State.Idle, 4 => State.Processing, 5 => State.Stopped, _ => State.Unspecified };
}
