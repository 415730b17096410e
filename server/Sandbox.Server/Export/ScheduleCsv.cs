using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export;

/// <summary>A filled schedule as a table, RFC 4180: a row for each line, with what a sponsor's own list may want.</summary>
internal static class ScheduleCsv
{
    // What begins as a formula gets an apostrophe in front: names come from machines, and spreadsheets compute.
    private static readonly CsvConfiguration _form = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    /// <summary>The text.</summary>
    public static string Of(FilledSchedule schedule)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, _form)) csv.WriteRecords(schedule.Lines.Select(line => Row(schedule, line)));
        return text.ToString();
    }

    private static object Row(FilledSchedule schedule, FilledLine line) => new
    {
        apprentice = schedule.Name,
        apprentice_id = schedule.Person,
        function = line.Function.Number,
        line = line.Line.Id,
        wording = line.Line.Wording,
        requirement = ScheduleWords.Mark(line),
        ojt_state = line.Ojt.Last?.Decision ?? "",
        ojt_date = Date(line.Ojt),
        ojt_signer = line.Ojt.Last?.By ?? "",
        ojt_entry = line.Ojt.Last?.Entry,
        ri_state = line.Ri.Last?.Decision ?? "",
        ri_date = Date(line.Ri),
        ri_signer = line.Ri.Last?.By ?? "",
        ri_entry = line.Ri.Last?.Entry,
        best_grade = line.Evidence.Where(one => one.State == "held").Select(one => one.Grade).Max() ?? "",
        evidence = string.Join("; ", line.Evidence.Select(ScheduleWords.Piece)),
        records = string.Join("; ", line.Ojt.Records.Concat(line.Ri.Records).Select(ScheduleWords.Entered)),
    };

    private static string Date(FilledColumn column) => column.Last?.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
