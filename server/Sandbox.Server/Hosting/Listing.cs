using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Sandbox.Server.Hosting;

/// <summary>Prints lists: a table for people at a terminal, tab-separated lines for scripts.</summary>
internal static class Listing
{
    /// <summary>Prints rows under headers.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> headers, IEnumerable<string?[]> rows)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected) WriteTable(output, headers, rows);
        else WriteLines(output, headers, rows);
    }

    /// <summary>Prints a list as JSON.</summary>
    public static void WriteJson<T>(TextWriter output, T list, JsonTypeInfo<T> type) => output.WriteLine(JsonSerializer.Serialize(list, type));

    /// <summary>An instant as lists show it, to the minute, UTC. Null stays null.</summary>
    public static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static void WriteTable(TextWriter output, IReadOnlyList<string> headers, IEnumerable<string?[]> rows)
    {
        var table = new Table().Border(TableBorder.None).AddColumns([.. headers.Select(x => new TableColumn(new Text(x)).NoWrap())]);
        foreach (var row in rows) table.AddRow(row.Select(x => new Text(Plain(x))));
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table);
    }

    private static void WriteLines(TextWriter output, IReadOnlyList<string> headers, IEnumerable<string?[]> rows)
    {
        output.WriteLine(string.Join('\t', headers));
        foreach (var row in rows) output.WriteLine(string.Join('\t', row.Select(Plain)));
    }

    // Names come from machines: no control character of theirs moves a cursor or adds a column.
    private static string Plain(string? cell) => string.Concat((cell ?? "").Select(c => char.IsControl(c) ? ' ' : c));
}
