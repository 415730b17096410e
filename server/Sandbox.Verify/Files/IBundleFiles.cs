namespace Sandbox.Verify.Files;

/// <summary>The files that are verified: of a zip, of a folder or of a log that is served. One thread at a time may use them.</summary>
internal interface IBundleFiles : IDisposable
{
    /// <summary>All there are. Null: a server does not list them.</summary>
    IReadOnlySet<string>? Paths { get; }

    /// <summary>Opens one. Null: there is none of that name.</summary>
    /// <exception cref="SetupException">It cannot be reached: nothing can be said of it.</exception>
    Task<Stream?> OpenAsync(string path, CancellationToken ct);
}
