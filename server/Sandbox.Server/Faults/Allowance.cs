namespace Sandbox.Server.Faults;

/// <summary>How much one stream may say of faults: 64 things at once, for those that are told again when it begins, and 4 a second after that. Each one is a look into the database.</summary>
internal sealed class Allowance(TimeProvider time)
{
    public const int Most = 64;
    public const int PerSecond = 4;

    private long _looked = time.GetTimestamp();
    private double _left = Most;

    /// <summary>How many were too many.</summary>
    public int Refused { get; private set; }

    /// <summary>Whether one more is allowed.</summary>
    public bool Take()
    {
        var now = time.GetTimestamp();
        (_left, _looked) = (Math.Min(Most, _left + (time.GetElapsedTime(_looked, now).TotalSeconds * PerSecond)), now);
        if (_left < 1)
        {
            Refused++;
            return false;
        }

        _left--;
        return true;
    }
}
