using System.Text;
using System.Text.Json;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Sudo;

/// <summary>What sudo writes with <c>Defaults log_format=json</c>: one object per event, named <c>accept</c>, <c>reject</c> or <c>alert</c>.</summary>
internal static class SudoJson
{
    private const int MostWords = 200;

    /// <summary>The act of an event's object. Null: it tells of none.</summary>
    /// <param name="kind"><c>accept</c> or <c>reject</c>.</param>
    /// <param name="json">The object, braces included.</param>
    /// <param name="sourceId">Where it lies, when it has no uuid.</param>
    public static AdminAct? Of(string kind, ReadOnlySpan<byte> json, string sourceId)
    {
        if (kind is not ("accept" or "reject")) return null;
        try
        {
            // Arguments may be any bytes: what is no UTF-8 is replaced, so that the act is not lost.
            using var parsed = JsonDocument.Parse(Encoding.UTF8.GetString(json));
            return Of(kind, parsed.RootElement, sourceId);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AdminAct? Of(string kind, JsonElement said, string sourceId)
    {
        if (said.ValueKind != JsonValueKind.Object || Instant(said) is not { } at || Text(said, "submituser") is not { } name || !Shape.IsName(name)) return null;
        var act = NewAct.Of(Source.SudoJson, Text(said, "uuid") ?? sourceId, at, Action.Run, kind == "accept" ? "ran" : Text(said, "reason") ?? "rejected")
            .By(Method.A2, "sudo's own record")
            .Ran(Redacted.Of(Words(said)));
        act.Actor.OsName = name;
        act.Result = kind == "accept" ? Result.Success : Result.Failure;
        if (said.TryGetProperty("submit_pid", out var pid) && pid.ValueKind == JsonValueKind.Number && pid.TryGetUInt32(out var number)) act.Pid(number);
        return act;
    }

    private static List<string> Words(JsonElement said)
    {
        List<string> words = [Text(said, "command") ?? "?"];
        if (!said.TryGetProperty("runargv", out var arguments) || arguments.ValueKind != JsonValueKind.Array) return words;
        foreach (var word in arguments.EnumerateArray().Skip(1).Take(MostWords))
            words.Add(JsonText.Of(word) ?? "?");
        return words;
    }

    private static DateTimeOffset? Instant(JsonElement said)
    {
        if (!said.TryGetProperty("submit_time", out var time) && !said.TryGetProperty("server_time", out time)) return null;
        if (time.ValueKind != JsonValueKind.Object || Number(time, "seconds") is not { } whole) return null;
        if (whole is < 0 or > 253_402_300_799) return null;
        var fraction = Number(time, "nanoseconds") is >= 0 and < 1_000_000_000 and var parts ? parts : 0;
        return DateTimeOffset.FromUnixTimeSeconds(whole).AddTicks(fraction / 100);
    }

    private static long? Number(JsonElement said, string name) =>
        said.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static string? Text(JsonElement said, string name) =>
        said.TryGetProperty(name, out var value) ? JsonText.Of(value) : null;
}
