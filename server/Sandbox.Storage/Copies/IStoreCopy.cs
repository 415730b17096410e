using Sandbox.Storage.Log;

namespace Sandbox.Storage.Copies;

/// <summary>A copy of a store that is open for reading.</summary>
public interface IStoreCopy : IAsyncDisposable
{
    /// <summary>The last migration of its schema.</summary>
    string Schema { get; }

    /// <summary>What is wrong with its form, in words; what it says of the log is not looked at. Empty: nothing.</summary>
    IReadOnlyList<string> Faults { get; }

    /// <summary>How much is in it.</summary>
    StoreCounts Counts { get; }

    /// <summary>The evidence log in it.</summary>
    IReadableLog Log { get; }
}

/// <summary>How much is in a store.</summary>
/// <param name="People">Names.</param>
/// <param name="Devices">Machines, those out of service among them.</param>
/// <param name="Reports">Reports as received.</param>
public sealed record StoreCounts(long People, long Devices, long Reports)
{
    /// <summary>In words.</summary>
    public override string ToString() => $"{People} people, {Devices} devices, {Reports} reports";
}
