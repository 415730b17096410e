using System.Globalization;
using PdfSharp.Fonts;
using PdfSharp.Pdf;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export;

/// <summary>A filled schedule for print: A4, in the table layout of the schedule, with its header on every page.</summary>
internal static class SchedulePdf
{
    /// <summary>Why there can be none, with what to do. Null: there can.</summary>
    public static string? Missing => PrintFonts.Missing;

    /// <summary>The file.</summary>
    public static byte[] Of(FilledSchedule schedule, ScopeWords words)
    {
        GlobalFontSettings.FontResolver ??= new PrintFonts();
        using var document = new PdfDocument();
        document.Info.Title = $"Work Process Schedule of {schedule.Name}";
        document.ViewerPreferences.DisplayDocTitle = true;
        using (var table = new PrintedTable(document, [new("Job function", 270), new("Core / Optional", 50), new("OJT", 100), new("RI", 95)]))
        {
            table.Title($"Work Process Schedule {Schedule.Current.Title}", $"O*NET {Schedule.Current.OnetCode}, {Schedule.Current.ApprenticeshipType}");
            table.Line($"Apprentice: {schedule.Name}");
            table.Line(string.Create(CultureInfo.InvariantCulture, $"{schedule.Complete} of {schedule.Lines.Count} lines signed in both columns; records of {schedule.OjtHours:0.#} hours of work and {schedule.RiHours:0.#} hours of related instruction"));
            table.Line($"Filled in from {words.What}; the first {words.Size} entries of the evidence log");
            table.Begin();
            foreach (var function in schedule.Lines.GroupBy(line => line.Function))
            {
                table.Row(isHeading: true, [new($"Job function {function.Key.Number}: {function.Key.Title}"), new($"{function.Key.Requirement}"), new(""), new("")]);
                foreach (var line in function) table.Row(isHeading: false, Cells(line));
            }
        }
        Number(document, schedule.Name);
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private static PrintedCell[] Cells(FilledLine line) =>
    [
        new($"{line.Line.Id} {line.Line.Wording}", [.. line.Evidence.Select(ScheduleWords.Piece), .. line.Ojt.Records.Concat(line.Ri.Records).Select(ScheduleWords.Entered)]),
        new(ScheduleWords.Mark(line)),
        Cell(line.Ojt),
        Cell(line.Ri),
    ];

    private static PrintedCell Cell(FilledColumn column) => new(ScheduleWords.Decision(column), column.Last is null ? [] : [ScheduleWords.SmallPrint(column)]);

    private static void Number(PdfDocument document, string name)
    {
        for (var i = 0; i < document.PageCount; i++) PrintedTable.Foot(document.Pages[i], $"{name}, page {i + 1} of {document.PageCount}");
    }
}
