using Sandbox.Evidence.Catalogue;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Record;

/// <summary>
/// The Work Process Schedule of one apprentice, filled in from entries of the evidence log and nothing else: who has the entries can fill it in anew and
/// compare.
/// </summary>
/// <param name="Person">The apprentice's id, as entries have it.</param>
/// <param name="Name">The name that stands above it.</param>
/// <param name="Lines">Every line of the schedule in its order.</param>
public sealed record FilledSchedule(Guid Person, string Name, IReadOnlyList<FilledLine> Lines)
{
    /// <summary>Lines of which both columns are signed.</summary>
    public int Complete => Lines.Count(line => line.Ojt.IsSigned && line.Ri.IsSigned);

    /// <summary>Hours of work that records speak of.</summary>
    public double OjtHours => Hours(line => line.Ojt);

    /// <summary>Hours of related instruction that records speak of.</summary>
    public double RiHours => Hours(line => line.Ri);

    /// <summary>Fills it in.</summary>
    /// <param name="person">The apprentice.</param>
    /// <param name="name">The name that stands above it.</param>
    /// <param name="entries">Entries in the log's order; those of others are left out.</param>
    public static FilledSchedule Of(Guid person, string name, IEnumerable<PlacedEntry> entries)
    {
        var decisions = new Dictionary<(string Line, string Column), FilledDecision>();
        var records = new Dictionary<Guid, FilledRecord>();
        var evidence = new Dictionary<Guid, FilledEvidence>();
        foreach (var entry in entries)
        {
            if (Decision(entry.Body) is { } decided && Is(decided.PersonId, person)) decisions[(decided.Line, decided.Column)] = FilledDecision.Of(decided, entry);
            if (entry.Body.LearningEntered is { } learnt && Is(learnt.PersonId, person)) records[Id(learnt.Id)] = FilledRecord.Of(learnt, entry);
            if (entry.Body.Evidence is { } stated) evidence[Id(stated.EvidenceId)] = FilledEvidence.Of(stated, entry);
        }
        var (byLine, credited) = (records.Values.Where(one => one.Stands).ToLookup(one => (one.Line, one.Column)), evidence.Values.Where(one => one.Person == person && one.Counts).ToLookup(one => one.Line));
        FilledColumn Column(string line, string column) => new(decisions.GetValueOrDefault((line, column)), [.. byLine[(line, column)].OrderBy(one => one.Entry)]);
        return new FilledSchedule(person, name, [.. Schedule.Current.Functions.SelectMany(function => function.Lines, (function, line) =>
            new FilledLine(function, line, Column(line.Id, "ojt"), Column(line.Id, "ri"), [.. credited[line.Id].OrderBy(one => one.Entry)]))]);
    }

    /// <summary>The decision that an entry is, with a password or a passkey. Null: it is none.</summary>
    public static LineDecided? Decision(LogBody body) => body.ContentCase switch
    {
        LogBody.ContentOneofCase.LineDecided => body.LineDecided,
        LogBody.ContentOneofCase.SignedDecision => LineDecided.Parser.ParseFrom(body.SignedDecision.Decision),
        _ => null,
    };

    /// <summary>Whose record an entry belongs to. Null: nobody's schedule tells of it.</summary>
    public static Guid? PersonOf(LogBody body) =>
        Decision(body) is { } decided ? Id(decided.PersonId) : body.LearningEntered is { } learnt ? Id(learnt.PersonId) : body.Evidence is { } stated ? Id(stated.PersonId) : null;

    internal static Guid Id(Google.Protobuf.ByteString bytes) => bytes.Length == 16 ? new Guid(bytes.Span, bigEndian: true) : Guid.Empty;

    private static bool Is(Google.Protobuf.ByteString bytes, Guid person) => Id(bytes) == person;

    private double Hours(Func<FilledLine, FilledColumn> column) => Lines.Sum(line => column(line).Records.Sum(one => one.Minutes ?? 0)) / 60.0;
}
