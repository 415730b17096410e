namespace Sandbox.Server.Cosigning;

/// <summary>What may be held against a log by checkpoints that its own key signed.</summary>
internal enum Charge
{
    /// <summary>Two checkpoints of one size have different roots: it has two histories. Nothing takes that back.</summary>
    Fork,

    /// <summary>A larger checkpoint came without a proof that the log has grown to it from what was cosigned. It is taken back when that proof comes.</summary>
    Unproved,

    /// <summary>A smaller checkpoint came than was cosigned: the log went back, or somebody sent an old one again. It is taken back when the log grows on.</summary>
    Smaller,
}
