using System.Globalization;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export;

/// <summary>How a filled schedule says things, alike in each of its forms.</summary>
internal static class ScheduleWords
{
    /// <summary>What the schedule marks a line with; nothing where it leaves the line unmarked.</summary>
    public static string Mark(FilledLine line) => line.Line.Requirement switch { Requirement.Core => "Core", Requirement.Optional => "Optional", _ => "" };

    /// <summary>What stands in a column: the date and who, and how surely it was them. Empty: nobody decided.</summary>
    public static string Decision(FilledColumn column) => column.Last is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{(column.IsSigned ? "" : $"{last.Decision} ")}{last.At.UtcDateTime:yyyy-MM-dd} {last.By}")
        : "";

    /// <summary>The small print of a decision. Empty: there is none.</summary>
    public static string SmallPrint(FilledColumn column) => column.Last is { } last
        ? string.Create(CultureInfo.InvariantCulture, $"{last.Role}, {last.ConfirmedBy ?? "without being asked again"}, entry {last.Entry}{(last.Words is { } words ? $": {words}" : "")}")
        : "";

    /// <summary>A piece of evidence in a line.</summary>
    public static string Piece(FilledEvidence one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Grade} {one.ChangedAt?.UtcDateTime:yyyy-MM-dd} {one.Target}: {(one.Before is { } before ? $"{before} → " : "")}{one.After} ({(one.State == "held" ? "held" : "not held for long enough yet")}, device {one.Device[..8]}, entry {one.Entry})");

    /// <summary>A record in a line.</summary>
    public static string Entered(FilledRecord one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(one.Column == "ri" ? "RI" : "OJT")} {one.Day} {one.Source}{(one.Minutes is { } minutes ? $", {minutes / 60.0:0.#} h" : "")}{(one.Summary is { } summary ? $": {summary}" : "")} (entry {one.Entry})");
}
