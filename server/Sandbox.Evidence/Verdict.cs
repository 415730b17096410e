namespace Sandbox.Evidence;

/// <summary>What a rule says of a device. Missing is never <see cref="Pass"/>, unsupported is never <see cref="Fail"/>.</summary>
public enum Verdict
{
    /// <summary>Nothing is known yet, or what is known does not suffice; the finding's reason says what is missing.</summary>
    Unknown = 0,

    /// <summary>The observed value is what is expected.</summary>
    Pass = 1,

    /// <summary>The observed value is not what is expected.</summary>
    Fail = 2,

    /// <summary>The rule could not be evaluated: a value that does not parse, a file that contradicts itself.</summary>
    Error = 3,

    /// <summary>The rule does not concern this device or subject; the reason says why.</summary>
    NotApplicable = 4,

    /// <summary>Somebody exempted the subject, with a reason and an end.</summary>
    Exempt = 5,
}
