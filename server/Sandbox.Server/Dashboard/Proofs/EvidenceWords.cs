using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Crediting;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>Evidence for people.</summary>
internal static class EvidenceWords
{
    /// <summary>What happened and what became of it: <c>Password length on lab-07 went from 8 characters to 12 characters and held for 24 h</c>.</summary>
    public static string Sentence(StoredEvidence evidence, string device) => $"{Change(evidence, device)}{Outcome(evidence)}";

    /// <summary>Tone and word of a state.</summary>
    public static (Tone Tone, string Word) Standing(EvidenceState state) => state switch
    {
        EvidenceState.Held => (Tone.Good, "held"),
        EvidenceState.Undone => (Tone.Bad, "undone"),
        EvidenceState.Discounted => (Tone.Plain, "counts for nobody"),
        _ => (Tone.Unknown, "watched"),
    };

    /// <summary>Tone and words of how far a line is.</summary>
    public static (Tone Tone, string Word) Of(LineStanding standing) => standing switch
    {
        LineStanding.ReadyForReview => (Tone.Unknown, "ready for review"),
        LineStanding.InProgress => (Tone.Plain, "in progress"),
        LineStanding.SignedOff => (Tone.Good, "signed"),
        LineStanding.Returned => (Tone.Warn, "returned"),
        LineStanding.Revoked => (Tone.Bad, "revoked"),
        _ => (Tone.Plain, "not started"),
    };

    /// <summary>What a grade proves by itself.</summary>
    public static string Of(Grade grade) => grade switch
    {
        Grade.E0 => "a mentor's word alone",
        Grade.E1 => "the state changed; who did it is not known for sure",
        Grade.E2 => "an act that is attributed",
        Grade.E3 => "an attributed act whose effect held, was seen again, and does not rest on one machine's word",
        _ => "not known",
    };

    /// <summary>When it was seen to be there still. Null: not yet.</summary>
    public static IReadOnlyList<(string When, DateTimeOffset? At)> Looks(StoredEvidence evidence) =>
        [("an hour later", evidence.SeenAfterHour), ("a day later", evidence.SeenAfterDay), ("after a restart", evidence.SeenAfterRestart)];

    private static string Change(StoredEvidence evidence, string device) => evidence.Act switch
    {
        "device.set_up" => $"{device}: {evidence.After}",
        "test.run" => $"{Capital(evidence.Target)} was run on {device}",
        "account.closed" => $"The account {evidence.Target} on {device} was closed: {evidence.After}",
        "account.added" or "server_account.set_up" => $"{Capital(evidence.After)} was added on {device}",
        _ when evidence.Before is null => $"{Subject(evidence)} on {device} was {evidence.After}",
        "policy.mended" => $"{Subject(evidence)} on {device} went from {Short(evidence.Before)} to {evidence.After}",
        _ => $"{Subject(evidence)} on {device}: {Short(evidence.Before)}, now {evidence.After}",
    };

    // What was expected stands below; a sentence that holds both reads badly.
    private static string Short(string before) => before.Split("; expected:")[0];

    private static string Outcome(StoredEvidence evidence) => evidence.State switch
    {
        // An act is over when it is done.
        EvidenceState.Held when !Crediting.CanBeSeenAgain(evidence.Act) => "",
        EvidenceState.Held => $" and held for {Ages.Span(evidence.StateSince - evidence.NotedAt)}",
        EvidenceState.Undone => " and was taken back",
        EvidenceState.Discounted => ", which counts for nobody",
        _ => "",
    };

    // What was mended is a rule, or a rule of somebody's account.
    private static string Subject(StoredEvidence evidence)
    {
        if (!evidence.Act.EndsWith(".mended", StringComparison.Ordinal)) return Capital(evidence.Target);
        var parts = evidence.Target.Split(" of ", 2);
        return RuleWords.Of(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
