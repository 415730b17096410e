using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Acts.Correlating;
using Sandbox.Agent.Acts.Following;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts;

/// <summary>What the sources of one run share: where acts go, and what one of them knows that another needs.</summary>
internal sealed class ActRun(LogClock clock, ActMemory memory, WrittenRecords written)
{
    /// <summary>How much the present source may still bring.</summary>
    public Quota Quota { get; set; } = new(0);

    /// <summary>Records of Linux audit that were read from its log.</summary>
    public WrittenRecords Written => written;

    /// <summary>The times of logs without zone.</summary>
    public LogClock Clock => clock;

    /// <summary>Sessions by the kernel's number.</summary>
    public SessionBook Sessions => memory.Sessions;

    /// <summary>Runs of apt.</summary>
    public AptRuns Apt => memory.Apt;

    /// <summary>Which trusted sources were alive until when.</summary>
    public Vouchers Vouchers => memory.Vouchers;

    /// <summary>Acts as single records tell them, in the order of reading.</summary>
    public List<AdminAct> Acts { get; } = [];

    /// <summary>Adds an act. False: there is room for no more of this source in this run.</summary>
    public bool Take(AdminAct act)
    {
        Acts.Add(act);
        return Quota.Take();
    }
}
