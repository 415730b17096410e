using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>What entries say of how long records are kept, and of their erasure.</summary>
internal static class RetentionWords
{
    /// <summary>In a sentence.</summary>
    public static string Of(LogBody body) => body.ContentCase switch
    {
        LogBody.ContentOneofCase.BodyErased => Of(body.BodyErased),
        LogBody.ContentOneofCase.ProgrammeSaid => $"{body.ProgrammeSaid.Name} keeps records for {Years(body.ProgrammeSaid.YearsKept)} after an apprentice left{EntryWords.Where(body.ProgrammeSaid.HasSaidBy)}",
        _ => $"{Of(body.RetentionSaid)}{EntryWords.Where(body.RetentionSaid.HasSaidBy)}",
    };

    private static string Of(BodyErased erased)
    {
        var count = erased.Erased.Aggregate(0UL, (sum, range) => sum + (range.Last - range.First + 1));
        return $"what lay beside {count} {(count == 1 ? "entry" : "entries")} of one person was erased {(erased.Early ? "before the end of" : "after")} the {Years(erased.YearsKept)} for which {erased.Programme} keeps records: {erased.Reason}{EntryWords.Where(erased.HasSaidBy)}";
    }

    private static string Of(RetentionSaid said) => said.What switch
    {
        "left" => $"left {said.Programme} on {said.LeftOn}",
        "returned" => $"is in {said.Programme} again, or never left it",
        "held" => $"the record is held: {said.HeldFor}",
        "released" => $"the record is held no more: {said.Words}",
        _ => $"is in {said.Programme}",
    };

    private static string Years(uint years) => years == 1 ? "1 year" : $"{years} years";
}
