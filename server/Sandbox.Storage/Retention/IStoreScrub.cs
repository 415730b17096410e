namespace Sandbox.Storage.Retention;

/// <summary>
/// Lets nothing of what was erased linger in files of the database. A row that is deleted is gone for every query at once; its bytes stay in the
/// database's own journal or in space that is free until they are written over.
/// </summary>
public interface IStoreScrub
{
    /// <summary>Writes over them, as far as nobody reads what was before.</summary>
    /// <returns>What still lingers where, and until when, for people. Null: nothing does.</returns>
    Task<string?> ScrubAsync(CancellationToken ct);
}
