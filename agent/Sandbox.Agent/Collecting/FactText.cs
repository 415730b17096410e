using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>Facts for people, whatever their kind: a section per fact, a line per field, what could not be seen at the end.</summary>
internal static class FactText
{
    private const int MostRows = 30;
    private const int LabelWidth = 26;

    /// <summary>Writes a section per collector.</summary>
    public static void Write(TextWriter output, IReadOnlyList<(string Name, CollectorRun Run)> runs)
    {
        foreach (var (name, run) in runs)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Words(name)} ({run.Took.TotalMilliseconds:0.0} ms)"));
            if (run.Facts.Count == 0) output.WriteLine($"  {Words(run.State)}: {run.Message ?? "nothing to report yet"}");
            foreach (var fact in run.Facts) Write(output, fact);
            output.WriteLine();
        }
    }

    private static void Write(TextWriter output, Fact fact)
    {
        var content = FactContent.Of(fact);
        var unseen = FactContent.Unseen(fact);
        var none = unseen.Count > 0 ? "none seen" : "none";
        foreach (var field in content.Descriptor.Fields.InFieldNumberOrder())
            if (field.Name != "unseen") Write(output, field, content, none);
        if (unseen.Count > 0) output.WriteLine("  not seen");
        foreach (var one in unseen)
        {
            output.WriteLine($"    {one.What}: {one.Why}");
            if (one.HasRemedy) output.WriteLine($"      {one.Remedy}");
        }
    }

    // Of a list that is empty nobody knows whether what was not seen belongs there.
    private static void Write(TextWriter output, FieldDescriptor field, IMessage content, string none)
    {
        var label = $"  {Words(field.Name).PadRight(LabelWidth)}";
        if (!field.IsRepeated)
        {
            output.WriteLine($"{label}{One(field, content) ?? "not known"}");
            return;
        }
        var rows = (IList)field.Accessor.GetValue(content);
        if (rows.Count == 0 || field.FieldType != FieldType.Message)
        {
            output.WriteLine($"{label}{(rows.Count == 0 ? none : string.Join(", ", rows.Cast<object>().Select(row => Scalar(field, row))))}");
            return;
        }
        output.WriteLine($"{label}{rows.Count}");
        for (var i = 0; i < rows.Count && i < MostRows; i++) output.WriteLine($"    {Row((IMessage)rows[i]!)}");
        if (rows.Count > MostRows) output.WriteLine($"    and {rows.Count - MostRows} more: --json shows all");
    }

    // The first text names the row, so it needs no label.
    private static string Row(IMessage row)
    {
        var words = new List<string>();
        foreach (var field in row.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated)
            {
                var rows = ((IList)field.Accessor.GetValue(row)).Cast<object>().Select(one => one is IMessage inner ? $"[{Row(inner)}]" : Scalar(field, one));
                if (string.Join(", ", rows) is { Length: > 0 } joined) words.Add($"{Words(field.Name)} {joined}");
            }
            else if (One(field, row) is { Length: > 0 } text)
            {
                words.Add(words.Count == 0 ? text : $"{Words(field.Name)} {text}");
            }
        }
        return string.Join("; ", words);
    }

    private static string? One(FieldDescriptor field, IMessage content)
    {
        if (field.HasPresence && !field.Accessor.HasValue(content)) return null;
        return Scalar(field, field.Accessor.GetValue(content));
    }

    private static string Scalar(FieldDescriptor field, object value) => value switch
    {
        bool said => said ? "yes" : "no",
        Timestamp at => at.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        ulong bytes when field.Name.EndsWith("_bytes", StringComparison.Ordinal) => Bytes(bytes),
        ByteString id => Convert.ToHexStringLower(id.Span),
        Account.Types.PasswordState.None => "none can match",
        System.Enum word => Words(word),
        IMessage inner => Row(inner),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Bytes(ulong bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB ({bytes} bytes)");

    // `LowerLayerDown`, `password_policy` and `operating-system` as people write them.
    private static string Words(object name)
    {
        var words = name.ToString()!.Replace('_', ' ').Replace('-', ' ');
        for (var i = words.Length - 1; i > 0; i--)
            if (char.IsUpper(words[i]) && char.IsLower(words[i - 1])) words = words.Insert(i, " ");
        return words.ToLowerInvariant();
    }
}
