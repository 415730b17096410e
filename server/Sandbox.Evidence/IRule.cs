namespace Sandbox.Evidence;

/// <summary>One demand of a policy, with its thresholds. A pure function of facts and instant.</summary>
internal interface IRule
{
    /// <summary>At least one finding, so that silence is visible, and the next instant at which time alone may change one.</summary>
    Judgement Judge(DeviceFacts facts, DateTimeOffset now);
}
