using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Sandbox.Agent.Acts.Correlating;
using Sandbox.Agent.Acts.Following;
using Sandbox.Agent.Acts.Journal;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts;

/// <summary>All that a run leaves to the next one. It is kept as its JSON, so that a run that is not delivered leaves nothing.</summary>
internal sealed class ActState
{
    /// <summary>How far each log was read, by path.</summary>
    public Dictionary<string, LogPlace> Logs { get; init; } = [];

    /// <summary>How far each file of the journal was read, by path. Null: the journal was never looked at.</summary>
    public Dictionary<string, JournalPlace>? Journals { get; set; }

    /// <summary>Sessions heard of last.</summary>
    public List<SessionNote> Sessions { get; init; } = [];

    /// <summary>Runs of apt.</summary>
    public AptRuns Apt { get; init; } = new();

    /// <summary>Trusted sources.</summary>
    public Vouchers Vouchers { get; init; } = new();

    /// <summary>Acts that were brought last, serialised.</summary>
    public List<byte[]> Recent { get; init; } = [];

    /// <summary>Ids of those that wait to be brought.</summary>
    public List<string> Waiting { get; init; } = [];

    /// <summary>What was said to be unseen.</summary>
    public string Unseen { get; set; } = "";

    /// <summary>Reads what was kept. Null: it is damaged.</summary>
    public static ActState? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ActStateJson.Default.ActState);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a run works with. Acts that cannot be read are forgotten.</summary>
    public ActMemory Memory()
    {
        var memory = new ActMemory { Sessions = new SessionBook { Notes = Sessions }, Apt = Apt, Vouchers = Vouchers, Waiting = Waiting };
        foreach (var bytes in Recent)
        {
            try
            {
                memory.Recent.Add(AdminAct.Parser.ParseFrom(bytes));
            }
            catch (InvalidProtocolBufferException)
            {
                // Damaged: a later record of it will look like an act of its own.
            }
        }
        return memory;
    }

    /// <summary>What to keep.</summary>
    public byte[] ToJson(ActMemory memory)
    {
        Recent.Clear();
        foreach (var act in memory.Recent) Recent.Add(act.ToByteArray());
        return JsonSerializer.SerializeToUtf8Bytes(this, ActStateJson.Default.ActState);
    }
}

[JsonSerializable(typeof(ActState))]
internal sealed partial class ActStateJson : JsonSerializerContext;
