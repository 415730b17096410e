namespace Sandbox.Agent.Collecting;

/// <summary>
/// A collector of events: what it brings is new since what was delivered last, is never compared with what was reported before, and is said once.
/// The loop does not run it again between a run that brought something and the answer of the sink.
/// </summary>
internal interface IEventCollector : ICollector
{
    /// <summary>The last run left something behind that it found no room for: the next one is due at once.</summary>
    bool HasMore { get; }

    /// <summary>What was not brought when the agent stops is nowhere else, so it is asked once more when nothing wakes it any longer.</summary>
    bool LosesAtStop => false;

    /// <summary>What the last run brought is durable, so the next one goes on behind it. Without this call it is brought again.</summary>
    void Delivered();
}
