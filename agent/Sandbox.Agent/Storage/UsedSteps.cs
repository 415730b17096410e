namespace Sandbox.Agent.Storage;

/// <summary>Steps of 5 percent that do not go to and fro: one is left only when the value is a whole percent beyond it.</summary>
internal sealed class UsedSteps
{
    private const int Step = 5;
    private readonly Dictionary<string, uint> _last = new(StringComparer.Ordinal);

    /// <summary>The step to report for what is mounted there.</summary>
    public uint Of(string mountPoint, double percent)
    {
        if (_last.TryGetValue(mountPoint, out var last) && percent >= last - 1.0 && percent < last + Step + 1.0) return last;
        return _last[mountPoint] = (uint)Math.Clamp((int)(percent / Step) * Step, 0, 100);
    }
}
