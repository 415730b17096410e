using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Assessment;

/// <summary>What the evidence log says of a verdict that became another.</summary>
internal static class VerdictEntry
{
    /// <summary>Makes the entry.</summary>
    /// <param name="transition">The change.</param>
    /// <param name="report">The report that brought it about. Null: time did, or a policy.</param>
    public static LoggedEntry Of(FindingTransition transition, TakenReport? report)
    {
        var changed = new VerdictChanged
        {
            DeviceId = ByteString.CopyFrom(transition.DeviceId.ToBytes()),
            Rule = transition.Rule,
            Subject = transition.Subject,
            Expected = transition.Expected,
            Policy = transition.Policy,
            Report = report?.Citation,
        };
        if (transition.From is { } from) changed.Before = Name(from);
        if (transition.To is { } to) changed.After = Name(to);
        if (transition.Observed is { } observed) changed.Observed = observed;
        if (transition.Reason is { } reason) changed.Reason = reason;
        return LoggedEntry.New(EntryKind.Transition, transition.At, new LogBody { VerdictChanged = changed }, transition.DeviceId);
    }

    private static string Name(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
