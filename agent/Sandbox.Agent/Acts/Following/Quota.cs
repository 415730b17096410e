namespace Sandbox.Agent.Acts.Following;

/// <summary>How many records one run may bring.</summary>
internal sealed class Quota(int most)
{
    private int _left = most;

    public bool IsFull => _left <= 0;

    /// <summary>One more was brought. False: it was the last one.</summary>
    public bool Take() => --_left > 0;
}
