namespace Sandbox.Agent.Firewall;

/// <summary>A rule of a chain.</summary>
internal abstract class Rule
{
    /// <summary>What it does with the packet.</summary>
    public abstract Effect On(Probe probe);
}

/// <summary>Whether a rule, or one condition of it, holds for a packet. Conditions together are as weak as the weakest: the lowest.</summary>
internal enum Matching
{
    No,
    /// <summary>The condition is not understood.</summary>
    Unknown,
    /// <summary>It holds for some such packets and not for others: limits of rate, times of day, chance.</summary>
    Sometimes,
    Yes,
}

/// <summary>What a rule says to do.</summary>
internal enum Act
{
    Continue,
    Accept,
    /// <summary>Dropped or rejected.</summary>
    Deny,
    Return,
    Jump,
    Goto,
    /// <summary>Decided elsewhere (a queue to a program), or not understood.</summary>
    Unclear,
}

/// <summary>What a rule does with a packet.</summary>
/// <param name="Matching">Whether its conditions hold.</param>
/// <param name="Act">What happens where they do.</param>
/// <param name="Target">Name of the chain for a jump.</param>
/// <param name="Why">What is not understood, for people; null: everything is.</param>
internal readonly record struct Effect(Matching Matching, Act Act, string Target = "", string? Why = null);
