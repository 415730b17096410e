using System.Net;
using System.Threading.RateLimiting;

namespace Sandbox.Server.People;

/// <summary>
/// Slows down guessing: ten tries a minute for one name from one address. A class behind one NAT shares the address, so the address
/// alone would lock all of them out.
/// </summary>
internal sealed class SignInTries : IDisposable
{
    private const int TriesPerMinute = 10;
    private const int LongestName = 256;
    private readonly PartitionedRateLimiter<Try> _limiter = PartitionedRateLimiter.Create<Try, Try>(
        who => RateLimitPartition.GetSlidingWindowLimiter(who, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
        }));

    /// <summary>Whether this try may go on.</summary>
    public bool Allows(string name, IPAddress? from)
    {
        var key = name.Length > LongestName ? name[..LongestName] : name;
        using var lease = _limiter.AttemptAcquire(new Try(key.ToUpperInvariant(), from?.ToString() ?? ""));
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private readonly record struct Try(string Name, string From);
}
