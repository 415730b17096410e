using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Storage.People;

namespace Sandbox.Server.SignOffs;

/// <summary>What may be decided when.</summary>
internal static class Decisions
{
    /// <summary>Whether a role may decide this: a mentor all, an admin only that a signature is taken back.</summary>
    public static bool MayDecide(string? role, DecisionKind wanted) => role == Roles.Mentor || (role == Roles.Admin && wanted == DecisionKind.Revoked);

    /// <summary>Whether who signs must say what they saw: nothing that a device showed carries the signature by itself.</summary>
    public static bool NeedsWords(LineColumn column, Basis basis) => column == LineColumn.Ojt && !basis.Evidence.Any(one => one.Grade >= Grade.E2);

    /// <summary>Why it cannot be decided so, with what to do. Null: it can.</summary>
    public static string? Fault(DecisionKind wanted, LineColumn column, LineState state, Basis basis, bool hasWords) => wanted switch
    {
        DecisionKind.Revoked when state.Standing != LineStanding.SignedOff => "There is no signature to revoke.",
        DecisionKind.Revoked when !hasWords => "Say why the signature is revoked, in ten letters or more: the apprentice and auditors read it.",
        DecisionKind.Revoked => null,
        DecisionKind.Returned when state.Standing == LineStanding.SignedOff => "It is signed: revoke the signature instead.",
        _ when state is { Standing: LineStanding.SignedOff, IsShaken: false } => "It is signed already.",
        DecisionKind.Returned when basis.Evidence.Count == 0 && basis.Records.Count == 0 => "There is nothing to return yet.",
        DecisionKind.Returned when !hasWords => "Say what is missing, in ten letters or more: the apprentice reads it.",
        DecisionKind.Returned => null,
        _ when column == LineColumn.Ri && basis.Records.Count == 0 => "Related instruction is signed on a record of it: enter the course first, with date, provider and hours.",
        _ when NeedsWords(column, basis) && !hasWords => "Say what you saw yourself, in ten letters or more: no evidence of grade E2 carries this signature.",
        _ => null,
    };
}
