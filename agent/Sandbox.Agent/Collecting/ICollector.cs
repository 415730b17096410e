using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>Reads one or a few facts from below a root folder. Knows nothing of spool, uplink or other collectors.</summary>
internal interface ICollector
{
    /// <summary>The name that people see and type: <c>password-policy</c>.</summary>
    string Name { get; }

    /// <summary>The facts that it brings, so that a refresh finds it.</summary>
    IReadOnlyList<Fact.KindOneofCase> Kinds { get; }

    /// <summary>The safety net: how often to look when nothing has woken it.</summary>
    TimeSpan Every { get; }

    /// <summary>
    /// Paths below the root folder, without a leading slash, whose change wakes it: files that need not exist, or folders (any entry in
    /// them counts). Empty: it is only polled.
    /// </summary>
    IReadOnlyList<string> Watches { get; }

    /// <summary>
    /// Reads everything afresh. What cannot be seen is absent in the fact and named in its <c>unseen</c>; an exception means that
    /// the collector itself failed.
    /// </summary>
    ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct);
}
