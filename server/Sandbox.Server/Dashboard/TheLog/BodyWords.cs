using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>All that lies beside a leaf, field by field: what an auditor would read without this server.</summary>
internal static class BodyWords
{
    /// <summary>The content of an entry. Null: it was erased, or cannot be read.</summary>
    public static LogBody? Read(LoggedEntry entry)
    {
        if (entry.Body is not { } bytes || entry.Salt is null) return null;
        try
        {
            return LogBody.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Who decided, entered, gave or said it. Null: nobody, or it does not say.</summary>
    public static Guid? By(LogBody body) => body.ContentCase switch
    {
        LogBody.ContentOneofCase.LineDecided => LogId.From(body.LineDecided.DecidedBy),
        LogBody.ContentOneofCase.LearningEntered => LogId.From(body.LearningEntered.HasWithdrawnBy ? body.LearningEntered.WithdrawnBy : body.LearningEntered.EnteredBy),
        LogBody.ContentOneofCase.AssignmentSaid => LogId.From(body.AssignmentSaid.SaidBy),
        LogBody.ContentOneofCase.DeviceScoped => LogId.From(body.DeviceScoped.SaidBy),
        LogBody.ContentOneofCase.AccountMarked => LogId.From(body.AccountMarked.SaidBy),
        LogBody.ContentOneofCase.AccountHeld => LogId.From(body.AccountHeld.SaidBy),
        LogBody.ContentOneofCase.RoleGiven => LogId.From(body.RoleGiven.SaidBy),
        LogBody.ContentOneofCase.LinkSaid => LogId.From(body.LinkSaid.SaidBy),
        LogBody.ContentOneofCase.LookedUp => LogId.From(body.LookedUp.PersonId),
        LogBody.ContentOneofCase.Exported => LogId.From(body.Exported.ExportedBy),
        LogBody.ContentOneofCase.SignedDecision => LogId.From(LineDecided.Parser.ParseFrom(body.SignedDecision.Decision).DecidedBy),
        LogBody.ContentOneofCase.WitnessNamed => LogId.From(body.WitnessNamed.SaidBy),
        LogBody.ContentOneofCase.BodyErased => LogId.From(body.BodyErased.SaidBy),
        LogBody.ContentOneofCase.ProgrammeSaid => LogId.From(body.ProgrammeSaid.SaidBy),
        LogBody.ContentOneofCase.RetentionSaid => LogId.From(body.RetentionSaid.SaidBy),
        LogBody.ContentOneofCase.TokenSaid => LogId.From(body.TokenSaid.SaidBy),
        _ => null,
    };

    /// <summary>Its fields in their order, those of parts after the part's name; what is absent is left out.</summary>
    public static IReadOnlyList<BodyRow> Rows(LogBody body)
    {
        var rows = new List<BodyRow>();
        var content = body.Descriptor().Oneofs[0].Accessor.GetCaseFieldDescriptor(body);
        if (content?.Accessor.GetValue(body) is IMessage message) Add(rows, "", message);
        return rows;
    }

    private static MessageDescriptor Descriptor(this LogBody body) => ((IMessage)body).Descriptor;

    private static void Add(List<BodyRow> rows, string of, IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var name = of + field.Name.Replace('_', ' ');
            if (field.IsRepeated) AddEach(rows, name, (System.Collections.IList)field.Accessor.GetValue(message));
            else if (!field.HasPresence || field.Accessor.HasValue(message)) Add(rows, name, field.Accessor.GetValue(message));
        }
    }

    private static void AddEach(List<BodyRow> rows, string name, System.Collections.IList values)
    {
        if (values is [IndexRange, ..]) rows.Add(new BodyRow(name, string.Join(", ", values.Cast<IndexRange>().Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First} to {range.Last}"))));
        else if (values is [IMessage, ..])
            for (var i = 0; i < values.Count; i++) Add(rows, $"{name} {i + 1}", values[i]!);
        else if (values.Count > 0) rows.Add(new BodyRow(name, string.Join("; ", values.Cast<object>().Select(Word))));
    }

    private static void Add(List<BodyRow> rows, string name, object value)
    {
        switch (value)
        {
            // Its bytes are what strangers check; here it is enough that it is there.
            case SignedChain chain:
                rows.Add(new BodyRow(name, $"{chain.Reports.Count} {(chain.Reports.Count == 1 ? "report" : "reports")} up to the device's signature"));
                break;
            case Timestamp at:
                rows.Add(new BodyRow(name, Ages.Full(at.ToDateTimeOffset())));
                break;
            case IMessage part:
                Add(rows, $"{name}: ", part);
                break;
            default:
                if (Word(value) is { Length: > 0 } word) rows.Add(new BodyRow(name, word));
                break;
        }
    }

    private static string Word(object value) => value switch
    {
        ByteString bytes => Convert.ToHexStringLower(bytes.Span),
        bool said => said ? "yes" : "no",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}

/// <summary>A field of what lies beside a leaf.</summary>
/// <param name="Name">Its name, in words.</param>
/// <param name="Value">What it says; ids and hashes hexadecimal.</param>
public sealed record BodyRow(string Name, string Value);
