using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>Begins transactions and brings them onto the disk.</summary>
internal sealed class Batches(Assessor assessor, ReportStreams streams, TimeProvider time)
{
    /// <summary>An empty one.</summary>
    public Batch Begin() => new(assessor, streams, time);

    /// <summary>Stores it. Null: there was nothing to store.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot do it now; nothing of it is stored.</exception>
    public BatchStored? Commit(Batch batch)
    {
        var built = batch.Build();
        return built.Writes.Count + built.Openings.Count > 0 ? assessor.Store.Commit(built) : null;
    }
}
