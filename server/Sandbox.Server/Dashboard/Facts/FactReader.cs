using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>
/// Reads the single values of a fact through its descriptor: a field that is added to the vocabulary shows up by itself, under its own name.
/// </summary>
internal static class FactReader
{
    /// <summary>All values that are no lists of messages, in groups; fields that no group names come last.</summary>
    /// <param name="name">The kind as the vocabulary names it.</param>
    /// <param name="message">The fact.</param>
    /// <param name="layout">Groups and the fields in them. Empty: one group in the order of the vocabulary.</param>
    /// <param name="toServer">Turns an instant of the device's clock into one of the server's.</param>
    public static IReadOnlyList<FactGroup> Read(
        string name, IMessage message, IReadOnlyList<(string Title, string[] Fields)> layout, Func<DateTimeOffset, DateTimeOffset> toServer)
    {
        var isPartlyUnseen = FactSheets.UnseenOf(message).Count > 0;
        var values = message.Descriptor.Fields.InDeclarationOrder().Where(IsSingle)
            .ToDictionary(field => field.Name, field => Value(name, field, message, isPartlyUnseen, toServer));
        var named = layout.SelectMany(group => group.Fields).ToHashSet(StringComparer.Ordinal);
        var groups = layout.Select(group => new FactGroup(group.Title, [.. group.Fields.Select(field => values[field])])).ToList();
        var rest = values.Where(value => !named.Contains(value.Key)).Select(value => value.Value).ToList();
        if (rest.Count > 0) groups.Add(new FactGroup(groups.Count == 0 ? null : "More", rest));
        return groups;
    }

    private static bool IsSingle(FieldDescriptor field) =>
        field.IsRepeated ? field.FieldType == FieldType.String : field.FieldType != FieldType.Message || field.MessageType == Timestamp.Descriptor;

    private static FactValue Value(string name, FieldDescriptor field, IMessage message, bool isPartlyUnseen, Func<DateTimeOffset, DateTimeOffset> toServer)
    {
        var path = $"{name}.{field.Name}";
        var value = field.Accessor.GetValue(message);
        var present = field.IsRepeated || !field.HasPresence || field.Accessor.HasValue(message);
        return new FactValue(path, FactWords.Label(path), present ? Text(field, value) : null, FactWords.Absent(path, isPartlyUnseen))
        {
            Instant = value is Timestamp said && Instants.Of(said) is { } instant ? toServer(instant) : null,
        };
    }

    private static string? Text(FieldDescriptor field, object value) => field.IsRepeated
        ? ((IList)value).Count == 0 ? null : string.Join(", ", ((IList)value).Cast<string>())
        : FactText.Of(field, value);
}
