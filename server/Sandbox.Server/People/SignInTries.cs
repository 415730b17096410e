using System.Net;
using System.Threading.RateLimiting;

namespace Sandbox.Server.People;

/// <summary>
/// Slows down guessing: ten tries a minute for one name from one address. A class behind one NAT shares the address, so the address alone
/// may do far more, and only so much that changing names does not keep the server busy with hashing.
/// </summary>
internal sealed class SignInTries : IDisposable
{
    private const int TriesPerMinute = 10;
    private const int TriesPerAddress = 120;
    private const int LongestName = 256;
    private readonly PartitionedRateLimiter<Try> _names = PerMinute<Try>(TriesPerMinute);
    private readonly PartitionedRateLimiter<string> _addresses = PerMinute<string>(TriesPerAddress);

    /// <summary>Whether this try may go on.</summary>
    public bool Allows(string name, IPAddress? from)
    {
        var address = from?.ToString() ?? "";
        using var admitted = _addresses.AttemptAcquire(address);
        if (!admitted.IsAcquired) return false;
        var key = name.Length > LongestName ? name[..LongestName] : name;
        using var lease = _names.AttemptAcquire(new Try(key.ToUpperInvariant(), address));
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _names.Dispose();
        _addresses.Dispose();
    }

    private static PartitionedRateLimiter<T> PerMinute<T>(int tries) where T : notnull => PartitionedRateLimiter.Create<T, T>(
        who => RateLimitPartition.GetSlidingWindowLimiter(who, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = tries, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
        }));

    private readonly record struct Try(string Name, string From);
}
