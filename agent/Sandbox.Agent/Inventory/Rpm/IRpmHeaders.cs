namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>The headers that an rpm database of some format keeps, one for each package, one at a time.</summary>
internal interface IRpmHeaders : IDisposable
{
    /// <summary>The header that <see cref="Next"/> came to; until the next one.</summary>
    ReadOnlySpan<byte> Header { get; }

    /// <summary>Nobody has written into what was read since it was opened.</summary>
    bool IsAsItWas { get; }

    /// <summary>Goes to the next header. False: there is none.</summary>
    /// <exception cref="IOException">The database is damaged here.</exception>
    bool Next();
}
