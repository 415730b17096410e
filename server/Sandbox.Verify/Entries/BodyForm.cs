using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Verify.Entries;

/// <summary>Whether a leaf names what its body speaks of, so that neither can be filed under another person, device or kind.</summary>
internal static class BodyForm
{
    /// <summary>What is wrong, for people. Null: they agree.</summary>
    public static string? Fault(LogEntry leaf, LogBody body)
    {
        if (body.ContentCase == LogBody.ContentOneofCase.None) return "it says nothing that this program can read: is there a newer sandbox-verify?";
        if (Expected(body) is not { } expected) return null;
        if (leaf.Kind != expected.Kind) return $"its leaf is filed under '{Word(leaf.Kind)}', but what it says is of the kind '{Word(expected.Kind)}'";
        return Differs("device", leaf.Device, expected.Device) ?? Differs("person", leaf.Person, expected.Person) ?? Differs("subject", leaf.Subject, expected.Subject);
    }

    private static string Word(EntryKind kind) => kind.ToString().ToLowerInvariant();

    private static string? Differs(string what, byte[]? named, ByteString? spoken)
    {
        if (spoken is null || named.AsSpan().SequenceEqual(spoken.Span)) return null;
        return $"its leaf names the {what} {Id(named)}, but it speaks of {Id(spoken.Span)}";
    }

    private static string Id(ReadOnlySpan<byte> id) => id.IsEmpty ? "none" : Convert.ToHexStringLower(id);

    // What the leaf must name; empty: nothing. Null: whatever it names.
    private static (EntryKind Kind, ByteString? Device, ByteString? Person, ByteString? Subject)? Expected(LogBody body)
    {
        var none = ByteString.Empty;
        return body.ContentCase switch
        {
            LogBody.ContentOneofCase.DeviceEnrolled => (EntryKind.Enrolment, body.DeviceEnrolled.DeviceId, body.DeviceEnrolled.PersonId, none),
            LogBody.ContentOneofCase.TurnedAway => (EntryKind.Refusal, body.TurnedAway.DeviceId, none, none),
            LogBody.ContentOneofCase.RefusalsLeftOut => (EntryKind.Refusal, none, none, none),
            LogBody.ContentOneofCase.DeviceEnded => (EntryKind.Revocation, body.DeviceEnded.DeviceId, none, none),
            LogBody.ContentOneofCase.DeviceQuarantined => (EntryKind.Quarantine, body.DeviceQuarantined.DeviceId, none, none),
            LogBody.ContentOneofCase.PolicyInForce => (EntryKind.Policy, none, none, none),
            LogBody.ContentOneofCase.VerdictChanged => (EntryKind.Transition, body.VerdictChanged.DeviceId, none, none),
            LogBody.ContentOneofCase.Evidence => (EntryKind.Evidence, body.Evidence.DeviceId, body.Evidence.PersonId, body.Evidence.EvidenceId),
            LogBody.ContentOneofCase.KeyRolled => (EntryKind.Key, none, none, none),
            LogBody.ContentOneofCase.AccountHeld => (EntryKind.Account, body.AccountHeld.DeviceId, body.AccountHeld.PersonId, body.AccountHeld.Id),
            LogBody.ContentOneofCase.LearningEntered => (EntryKind.Learning, none, body.LearningEntered.PersonId, body.LearningEntered.Id),
            LogBody.ContentOneofCase.LineDecided => (EntryKind.SignOff, none, body.LineDecided.PersonId, body.LineDecided.Id),
            LogBody.ContentOneofCase.AssignmentSaid => (EntryKind.Assignment, body.AssignmentSaid.DeviceId, body.AssignmentSaid.PersonId, body.AssignmentSaid.Id),
            LogBody.ContentOneofCase.FaultSaid => (EntryKind.Fault, body.FaultSaid.DeviceId, body.FaultSaid.PersonId, body.FaultSaid.FaultId),
            LogBody.ContentOneofCase.DeviceScoped => (EntryKind.Scope, body.DeviceScoped.DeviceId, none, none),
            LogBody.ContentOneofCase.AccountMarked => (EntryKind.Compromise, body.AccountMarked.DeviceId, none, body.AccountMarked.Id),
            LogBody.ContentOneofCase.Exported => (EntryKind.Export, null, null, null),
            LogBody.ContentOneofCase.LookedUp => (EntryKind.Lookup, body.LookedUp.DeviceId, body.LookedUp.OfPerson, none),
            LogBody.ContentOneofCase.WitnessNamed => (EntryKind.Witness, none, none, none),
            LogBody.ContentOneofCase.StoodSince => (EntryKind.Daily, body.StoodSince.DeviceId, none, null),
            LogBody.ContentOneofCase.LinkSaid => (EntryKind.Link, none, body.LinkSaid.PersonId, body.LinkSaid.PersonId),
            LogBody.ContentOneofCase.BodyErased => (EntryKind.Erasure, none, body.BodyErased.PersonId, none),
            LogBody.ContentOneofCase.ProgrammeSaid => (EntryKind.Programme, none, none, body.ProgrammeSaid.Id),
            LogBody.ContentOneofCase.RetentionSaid => (EntryKind.Retention, none, body.RetentionSaid.PersonId, body.RetentionSaid.PersonId),
            LogBody.ContentOneofCase.TokenSaid => (EntryKind.Token, none, body.TokenSaid.PersonId, body.TokenSaid.Id),
            LogBody.ContentOneofCase.RoleGiven => (EntryKind.Role, none, body.RoleGiven.PersonId, null),
            // The decision within it is held against the leaf where its signature is.
            LogBody.ContentOneofCase.SignedDecision => (EntryKind.SignOff, none, null, null),
            _ => null,
        };
    }
}
