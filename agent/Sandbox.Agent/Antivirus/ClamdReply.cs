namespace Sandbox.Agent.Antivirus;

/// <summary>What came of a question.</summary>
/// <param name="Kind">Whether there is an answer.</param>
/// <param name="Text">The answer, or why there is none, in words.</param>
internal readonly record struct ClamdReply(ClamdReplyKind Kind, string Text);

internal enum ClamdReplyKind
{
    /// <summary>Somebody answered.</summary>
    Answer,

    /// <summary>Nobody listens there.</summary>
    Nobody,

    /// <summary>This user may not ask.</summary>
    Denied,

    /// <summary>Somebody listens and says nothing in time.</summary>
    Mute,
}
