using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export.Formats.Oscal;

/// <summary>Of every rule and subject on every machine the last verdict in the log: as many as there are rules and machines, however long the log is.</summary>
internal sealed class LastTransitions
{
    private readonly Dictionary<(string Device, string Rule, string Subject), PlacedEntry> _last = [];

    /// <summary>In the log's order. What is gone from a machine is left out.</summary>
    public IReadOnlyList<PlacedEntry> All => [.. _last.Values.OrderBy(entry => entry.Index)];

    /// <summary>Takes the next entry of the log.</summary>
    public void Take(PlacedEntry entry)
    {
        if (entry.Body.VerdictChanged is not { } changed) return;
        var of = (Convert.ToHexStringLower(changed.DeviceId.Span), changed.Rule, changed.Subject);
        if (changed.HasAfter) _last[of] = entry;
        else _last.Remove(of);
    }
}
