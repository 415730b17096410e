namespace Sandbox.Agent.Firewall;

/// <summary>Ways in which a packet leaves a rule or a chain.</summary>
[Flags]
internal enum Ends
{
    None = 0,
    Accepted = 1,
    Denied = 2,
    /// <summary>It came to the chain's end, or was sent back: the calling chain or the policy goes on.</summary>
    Fell = 4,
    /// <summary>The next rule is asked.</summary>
    Continued = 8,
}

/// <summary>What becomes of a packet.</summary>
/// <param name="Certain">Ways that it, or some like it, surely goes.</param>
/// <param name="Possible">Those, and the ways that it may go if what is not understood says so.</param>
internal readonly record struct Outcome(Ends Certain, Ends Possible)
{
    /// <summary>Anything may happen.</summary>
    public static readonly Outcome Unclear = new(Ends.None, Ends.Accepted | Ends.Denied | Ends.Continued);

    public static Outcome Of(Ends end) => new(end, end);

    /// <summary>The same with one way in place of another.</summary>
    public Outcome With(Ends from, Ends to) => new(Swap(Certain, from, to), Swap(Possible, from, to));

    private static Ends Swap(Ends ends, Ends from, Ends to) => (ends & from) == 0 ? ends : (ends & ~from) | to;
}
