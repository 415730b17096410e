using Sandbox.Server.Dashboard.Words;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Dashboard.TheLog;

/// <summary>How a witness stands to the newest checkpoint.</summary>
internal static class WitnessWords
{
    /// <summary>Its last word, in two. Never asked is unknown, and never good.</summary>
    public static (Tone Tone, string Word) Standing(LogWitness witness, LogHead? head) => witness switch
    {
        { AskedAt: null } => (Tone.Unknown, "Not asked yet"),
        { Trouble: not null } => (Tone.Bad, "Does not cosign"),
        _ when Behind(witness, head) > 0 => (Tone.Plain, "Cosigned an older one"),
        _ => (Tone.Good, "Cosigned"),
    };

    /// <summary>Entries of the newest checkpoint that it has not cosigned.</summary>
    public static long Behind(LogWitness witness, LogHead? head) => Math.Max(0, (head?.CheckpointSize ?? 0) - witness.Size);
}
