using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Record;
using Sandbox.Protocol;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Case;
using Sandbox.Storage.Log;

namespace Sandbox.Tests.Export.Formats;

/// <summary>The record of an apprentice, entry by entry.</summary>
internal sealed class Record
{
    public static readonly Guid Elif = new("11111111-2222-3333-4444-555555555555");
    public static readonly Guid Mara = new("66666666-7777-8888-9999-aaaaaaaaaaaa");
    public static readonly DateTimeOffset Then = new(2026, 11, 20, 9, 30, 0, 250, TimeSpan.Zero);
    public static readonly Site Site = new("https://lab.example:7443", "lab.example/evidence");

    public static CaseFramework Framework { get; } = new(Schedule.Current, Site);

    public List<PlacedEntry> Entries { get; } = [];

    public FilledSchedule Filled => FilledSchedule.Of(Elif, "Elif Yılmaz", Entries);

    /// <summary>Line 1.3 with all that it can have.</summary>
    public static Record Complete() => new Record().Stated().Stated("held").Learnt("ri", 90).Decided("ojt").Decided("ri");

    public Record Decided(string column, string decision = "signed", string line = "1.3", string? words = null, Guid? of = null, Guid? by = null)
    {
        var decided = new LineDecided
        {
            Id = LogId.Of(NameBasedId.Of($"decision/{Entries.Count}")), PersonId = LogId.Of(of ?? Elif), Line = line, Column = column, Decision = decision, DecidedBy = LogId.Of(by ?? Mara), DecidedByName = "Mara Kessler", Role = "mentor", ConfirmedBy = "password",
        };
        if (words is not null) decided.Words = words;
        return Add(new LogBody { LineDecided = decided });
    }

    public Record Learnt(string column, uint? minutes = null, string line = "1.3", bool withdrawn = false)
    {
        var learnt = new LearningEntered { Id = LogId.Of(NameBasedId.Of($"{line}/{column}")), PersonId = LogId.Of(Elif), Line = line, Column = column, Day = "2026-11-19", Source = "Ms Okafor's course", Summary = "groups" };
        if (minutes is { } took) learnt.Minutes = took;
        if (withdrawn) learnt.WithdrawnBy = LogId.Of(Elif);
        return Add(new LogBody { LearningEntered = learnt });
    }

    public Record Stated(string state = "watched", string grade = "E2", string act = "account.added", bool seen = true, string line = "1.3", string target = "noor")
    {
        var stated = new EvidenceStatement
        {
            EvidenceId = LogId.Of(NameBasedId.Of($"{line}/{act}")), PersonId = LogId.Of(Elif), Line = line, Act = act, Target = target, State = state, Grade = grade, After = "the account noor",
            DeviceId = ByteString.CopyFrom(Enumerable.Repeat((byte)0xd7, 16).ToArray()), ChangedAt = Then.ToTimestamp(),
        };
        if (seen) stated.ActId = LogId.Of(Mara);
        return Add(new LogBody { Evidence = stated });
    }

    public Record Changed(string? before, string? after, string rule = "password.min_length")
    {
        var changed = new VerdictChanged { DeviceId = ByteString.CopyFrom(Enumerable.Repeat((byte)0xd7, 16).ToArray()), Rule = rule, Expected = "12 or more", Observed = "8", Policy = "lab-default/1" };
        if (before is not null) changed.Before = before;
        if (after is not null) changed.After = after;
        return Add(new LogBody { VerdictChanged = changed });
    }

    public Record Given(string? role, bool locked = false)
    {
        var given = new RoleGiven { PersonId = LogId.Of(Elif), Name = "Elif Yılmaz", SignInName = "elif", Locked = locked, SaidBy = LogId.Of(Mara) };
        if (role is not null) given.Role = role;
        return Add(new LogBody { RoleGiven = given });
    }

    /// <summary>A value below a document: names and places with dots between them.</summary>
    public static JsonNode? At(JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (at, part) => at is JsonArray list && int.TryParse(part, out var place) ? list[place] : at?[part]);

    private Record Add(LogBody body)
    {
        Entries.Add(new PlacedEntry(Entries.Count, Then + TimeSpan.FromHours(Entries.Count), body, NameBasedId.Of($"salt/{Entries.Count}").ToByteArray()));
        return this;
    }
}
