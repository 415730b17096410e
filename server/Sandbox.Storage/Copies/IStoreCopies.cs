namespace Sandbox.Storage.Copies;

/// <summary>How a whole store is copied while it is in use, read, and put back. A copy is a folder of files, the store's own affair.</summary>
public interface IStoreCopies
{
    /// <summary>Writes the store as it is at one moment into an empty folder. Writers go on meanwhile.</summary>
    /// <exception cref="IOException">The folder's disk does not take it.</exception>
    Task CopyAsync(string folder, CancellationToken ct);

    /// <summary>Opens a copy; one of an older schema may be brought to this build's.</summary>
    /// <exception cref="StoreUnusableException">A newer build has made it.</exception>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    Task<IStoreCopy> OpenAsync(string folder, CancellationToken ct);

    /// <summary>Makes a store that is not in use yet into what was copied. The folder may be used up by it.</summary>
    /// <exception cref="StoreUnusableException">The store is in use or cannot be used; nothing was changed.</exception>
    Task PutBackAsync(string folder, CancellationToken ct);
}
