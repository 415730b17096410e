using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Server.Faults;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>What an entry of the log says, for people who may see what lies beside its leaf.</summary>
internal static class EntryWords
{
    /// <summary>In a sentence. Null: it was erased.</summary>
    public static string? Of(LoggedEntry entry) =>
        BodyWords.Read(entry) is { } body ? Of(body) : entry.Body is null || entry.Salt is null ? null : "what lies beside this leaf cannot be read";

    private static string Of(LogBody body) => body.ContentCase switch
    {
        LogBody.ContentOneofCase.DeviceEnrolled => Of(body.DeviceEnrolled),
        LogBody.ContentOneofCase.TurnedAway => $"{ReasonWords.Of(body.TurnedAway.Reason)}, from {Peers.Of(body.TurnedAway.Peer)}: {body.TurnedAway.Detail}",
        LogBody.ContentOneofCase.RefusalsLeftOut => $"{body.RefusalsLeftOut.Count} more {(body.RefusalsLeftOut.Count == 1 ? "was turned away that has no entry of its" : "were turned away that have no entry of their")} own: too many came at once, or the database was away",
        LogBody.ContentOneofCase.DeviceEnded => $"{body.DeviceEnded.How.ToString().ToLowerInvariant()}: {(body.DeviceEnded.HasWhy ? body.DeviceEnded.Why : "no reason was given")}",
        LogBody.ContentOneofCase.DeviceQuarantined => body.DeviceQuarantined.Released ? "the quarantine was ended" : $"quarantined: {body.DeviceQuarantined.Proof}",
        LogBody.ContentOneofCase.PolicyInForce => $"{body.PolicyInForce.Policy} judges from now on, with {body.PolicyInForce.Rules.Count} rules",
        LogBody.ContentOneofCase.VerdictChanged => Of(body.VerdictChanged),
        LogBody.ContentOneofCase.Evidence => $"line {body.Evidence.Line}, {body.Evidence.State}: {body.Evidence.Target}: {(body.Evidence.HasBefore ? $"{body.Evidence.Before} → " : "")}{body.Evidence.After}",
        LogBody.ContentOneofCase.KeyRolled => $"the {(body.KeyRolled.Key == "ca" ? "CA's" : "log's")} key gave way to another",
        LogBody.ContentOneofCase.AccountHeld => Of(body.AccountHeld),
        LogBody.ContentOneofCase.LearningEntered => Of(body.LearningEntered),
        LogBody.ContentOneofCase.LineDecided => Of(body.LineDecided),
        LogBody.ContentOneofCase.AssignmentSaid => $"line {body.AssignmentSaid.Line}, {body.AssignmentSaid.What}: {body.AssignmentSaid.Title}{(body.AssignmentSaid.HasTarget ? $", {body.AssignmentSaid.Target}" : "")}{(body.AssignmentSaid.HasWords ? $": {body.AssignmentSaid.Words}" : "")}",
        LogBody.ContentOneofCase.FaultSaid => $"seeded fault, {body.FaultSaid.Said} {Ages.Full(body.FaultSaid.HappenedAt.ToDateTimeOffset())}: {FaultChoices.Words(body.FaultSaid.Fault)}{(body.FaultSaid.HasWords ? $": {body.FaultSaid.Words}" : "")}",
        LogBody.ContentOneofCase.DeviceScoped => $"{(body.DeviceScoped.Groups.Count == 0 ? "in no group" : $"in {string.Join(", ", body.DeviceScoped.Groups)}")}, {(body.DeviceScoped.HasRole ? $"a {body.DeviceScoped.Role}" : "what it does tells what it is for")}{Where(body.DeviceScoped.HasSaidBy)}",
        LogBody.ContentOneofCase.AccountMarked => $"{(body.AccountMarked.Withdrawn ? "no longer marked" : "marked")} as known to others since {body.AccountMarked.Since}: {body.AccountMarked.Account}{(body.AccountMarked.HasDeviceId ? "" : " on every device")}: {body.AccountMarked.Reason}{Where(body.AccountMarked.HasSaidBy)}",
        LogBody.ContentOneofCase.RoleGiven => $"{body.RoleGiven.Name} ({body.RoleGiven.SignInName}) {(body.RoleGiven.HasRole ? $"is {Article(body.RoleGiven.Role)}" : "has no role")} from now on{(body.RoleGiven.Locked ? ", and is locked out" : "")}{Where(body.RoleGiven.HasSaidBy)}",
        LogBody.ContentOneofCase.LinkSaid => body.LinkSaid.What == "used" ? "chose a password by a one-time link" : $"a one-time link by which a password can be chosen until {Ages.Full(body.LinkSaid.ExpiresAt.ToDateTimeOffset())} was made{Where(body.LinkSaid.HasSaidBy)}",
        LogBody.ContentOneofCase.LookedUp => $"{body.LookedUp.Name}, an auditor, looked at {body.LookedUp.What}",
        LogBody.ContentOneofCase.StoodSince => $"at the end of {body.StoodSince.Day}, {body.StoodSince.Standings.Count(x => x.Verdict == "pass")} of {body.StoodSince.Standings.Count} checks passed by {body.StoodSince.Policy}",
        LogBody.ContentOneofCase.Exported => $"{(body.Exported.HasFormat ? $"a document for another system ({body.Exported.Format})" : "an audit bundle")} was made of {(body.Exported.HasPersonId ? "one person's entries" : "everybody's entries")}{(body.Exported.HasDeviceId ? " on one device" : "")}{(body.Exported.Lines.Count > 0 ? $" about {string.Join(", ", body.Exported.Lines)}" : "")} among the first {body.Exported.Size}{Where(body.Exported.HasExportedBy)}",
        LogBody.ContentOneofCase.SignedDecision => $"{Of(LineDecided.Parser.ParseFrom(body.SignedDecision.Decision))}, by passkey",
        LogBody.ContentOneofCase.WitnessNamed => $"{body.WitnessNamed.Name} at {body.WitnessNamed.Url} is asked {(body.WitnessNamed.Removed ? "no more to cosign" : "to cosign")} checkpoints{Where(body.WitnessNamed.HasSaidBy)}",
        LogBody.ContentOneofCase.BodyErased or LogBody.ContentOneofCase.ProgrammeSaid or LogBody.ContentOneofCase.RetentionSaid => RetentionWords.Of(body),
        LogBody.ContentOneofCase.TokenSaid => $"a token for programs, “{body.TokenSaid.Name}”, was {(body.TokenSaid.Revoked ? "taken back" : $"made, which reads the log until {Ages.Full(body.TokenSaid.ExpiresAt.ToDateTimeOffset())}")}{Where(body.TokenSaid.HasSaidBy)}",
        _ => "something that this server does not know",
    };

    // Of what a person said on a page, the log names them beside it.
    internal static string Where(bool hasPerson) => hasPerson ? "" : "; said on the server's command line";

    private static string Article(string role) => $"{(role[0] == 'a' ? "an" : "a")} {role}";

    private static string Of(DeviceEnrolled enrolled) =>
        $"{enrolled.DeviceName} {(enrolled.Continues ? "went on with a new key" : enrolled.HasReplaces ? "took another device's place" : "was enrolled")}, join code {enrolled.Code}";

    private static string Of(AccountHeld held) =>
        $"the {(held.Kind == "sid" ? "SID" : held.Kind)} {held.Value} is one person's from {Ages.Full(held.From.ToDateTimeOffset())} on{(held.Until is null ? "" : $", until {Ages.Full(held.Until.ToDateTimeOffset())}")}{(held.HasDeviceId ? ", on this device" : "")}";

    private static string Of(LearningEntered entered) =>
        $"line {entered.Line}, {Column(entered.Column)}: {(entered.HasWithdrawnBy ? "withdrawn: " : "")}{entered.Source}, {entered.Day}{(entered.HasSummary ? $": {entered.Summary}" : "")}";

    private static string Of(LineDecided decided) =>
        $"line {decided.Line}, {Column(decided.Column)}: {decided.Decision} by {(Article(decided.Role))}{(decided.HasWords ? $": {decided.Words}" : "")}";

    private static string Column(string column) => column == "ri" ? "related instruction" : "on-the-job training";

    private static string Of(VerdictChanged change)
    {
        var before = change.HasBefore ? Verdicts.Word(change.Before) : "first judged";
        return $"{RuleWords.Of(change.Rule, change.Subject)}: {before} → {(change.HasAfter ? Verdicts.Word(change.After) : RuleWords.Gone(change.Subject))}";
    }
}
