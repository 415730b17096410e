using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>What outlives a run and a restart, beside how far the logs were read.</summary>
internal sealed class ActMemory
{
    /// <summary>Sessions by the kernel's number.</summary>
    public SessionBook Sessions { get; init; } = new();

    /// <summary>Runs of apt.</summary>
    public AptRuns Apt { get; init; } = new();

    /// <summary>Which trusted sources were alive until when.</summary>
    public Vouchers Vouchers { get; init; } = new();

    /// <summary>The acts that were brought last, oldest first: records of them may still come.</summary>
    public List<AdminAct> Recent { get; init; } = [];

    /// <summary>Ids, in base 64, of those that wait to be brought until it is known whether they were done to this system.</summary>
    public List<string> Waiting { get; init; } = [];

    /// <summary>Whether the act is one of them.</summary>
    public bool IsWaiting(AdminAct act) => Waiting.Contains(act.Id.ToBase64());
}
