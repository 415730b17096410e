using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>One demand of a policy, with its thresholds. A pure function of facts and instant.</summary>
internal interface IRule
{
    /// <summary>The one kind of fact that it looks at: without a change of it, time alone may change the verdict.</summary>
    Fact.KindOneofCase Reads { get; }

    /// <summary>At least one finding, so that silence is visible, and the next instant at which time alone may change one.</summary>
    Judgement Judge(DeviceFacts facts, DateTimeOffset now);
}
