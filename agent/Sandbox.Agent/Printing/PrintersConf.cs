using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.PrintQueue.Types;

namespace Sandbox.Agent.Printing;

/// <summary>printers.conf(5) and classes.conf(5): what CUPS keeps of its queues while it does not run.</summary>
internal static class PrintersConf
{
    private const string Printers = "etc/cups/printers.conf";
    private const string Classes = "etc/cups/classes.conf";
    private const int Most = 100;

    /// <summary>Reads them into the fact; what cannot be read is noted, and leaves the source unspecified.</summary>
    public static void Read(RootFolder root, Protocol.Printing fact, UnseenNotes unseen)
    {
        var queues = new SortedDictionary<string, PrintQueue>(StringComparer.Ordinal);
        foreach (var path in new[] { Printers, Classes })
        {
            if (root.TryRead(path, out var text, out var fault))
            {
                if (Parse(text, queues) is { } chosen) fact.DefaultQueue = chosen;
            }
            // CUPS writes neither before there is something to keep.
            else if (!Why.IsAbsent(fault))
            {
                unseen.Add(fault);
                if (path == Printers) return;
            }
        }
        (fact.Source, fact.KnownFrom) = (Protocol.Printing.Types.Source.Files, RootFolder.Shown(Printers));
        if (queues.Count > Most) unseen.Add(Why.Of(Printers, $"more than {Most} queues; the others are left out"));
        fact.Queues.AddRange(queues.Values.Take(Most));
    }

    /// <summary>Reads one text into the queues. Its default queue; null: it names none.</summary>
    internal static string? Parse(string text, IDictionary<string, PrintQueue> queues)
    {
        var (chosen, queue) = (default(string), default(PrintQueue));
        foreach (var raw in text.Split('\n'))
        {
            var line = Uncommented(raw).Trim();
            if (line is ['<', '/', ..]) queue = null;
            else if (line is ['<', .. var head, '>'])
            {
                if (Begin(head) is not { } begun) continue;
                queues[begun.Name] = queue = begun;
                if (head.StartsWith("Default", StringComparison.OrdinalIgnoreCase)) chosen = begun.Name;
            }
            else if (queue is not null && line.IndexOf(' ') is > 0 and var blank) Take(queue, line[..blank], line[(blank + 1)..].Trim());
        }
        return chosen;
    }

    private static PrintQueue? Begin(string head)
    {
        if (head.Split(' ', 2) is not [var kind, var written] || ShortText.Of(written, CupsQueues.LongestText) is not { } name) return null;
        return kind.ToLowerInvariant() switch
        {
            "printer" or "defaultprinter" => new PrintQueue { Name = name, IsClass = false, Automatic = false },
            "class" or "defaultclass" => new PrintQueue { Name = name, IsClass = true, Automatic = false },
            _ => null,
        };
    }

    private static void Take(PrintQueue queue, string name, string value)
    {
        switch (name)
        {
            case "DeviceURI" when !queue.IsClass: queue.Device = DeviceAddress.Shown(value); break;
            case "UUID": queue.Uuid = Short(value); break;
            case "MakeModel": queue.MakeAndModel = Short(value); break;
            case "Location": queue.Location = Short(value); break;
            case "Info": queue.Info = Short(value); break;
            case "State": queue.State = value switch { "Idle" => State.Idle, "Stopped" => State.Stopped, _ => State.Unspecified }; break;
            case "Reason" when queue.StateReasons.Count < CupsQueues.MostReasons: queue.StateReasons.Add(Short(value)); break;
            case "Accepting" when Truth(value) is { } accepting: queue.Accepting = accepting; break;
            case "Shared" when Truth(value) is { } shared: queue.Shared = shared; break;
            case "Option" when value is "cups-browsed true": queue.Automatic = true; break;
            case "Type" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var type): queue.Automatic |= (type & CupsTypes.Discovered) != 0; break;
            case "ConfigTime" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0: queue.ConfiguredAt = new Timestamp { Seconds = seconds }; break;
            default: break;
        }
    }

    private static string Short(string value) => ShortText.Of(value, CupsQueues.LongestText) ?? "";

    private static bool? Truth(string value) => value.ToLowerInvariant() switch { "yes" or "on" or "true" => true, "no" or "off" or "false" => false, _ => null };

    // A number sign that belongs to a value has a backslash before it: cupsFilePutConf of CUPS.
    private static string Uncommented(string line)
    {
        for (var at = line.IndexOf('#'); at >= 0; at = line.IndexOf('#', at + 1))
            if (at == 0 || line[at - 1] != '\\') return line[..at].Replace("\\#", "#", StringComparison.Ordinal);
        return line.Replace("\\#", "#", StringComparison.Ordinal);
    }
}
