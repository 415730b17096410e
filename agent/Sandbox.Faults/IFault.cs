using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>One thing that can be set wrong and put back.</summary>
internal interface IFault
{
    FaultName Name { get; }

    /// <summary>Looks what would be changed, and changes nothing.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="ct">Ends it.</param>
    ValueTask<Outlook> LookAsync(ReadOnlyMemory<byte> id, CancellationToken ct);

    /// <summary>Makes the change of a record.</summary>
    /// <exception cref="IOException">It could not be made, or not wholly.</exception>
    ValueTask ApplyAsync(FaultRecord record, CancellationToken ct);

    /// <summary>Whether what was seeded is still there as it was seeded.</summary>
    /// <exception cref="IOException">That cannot be told now.</exception>
    ValueTask<bool> IsThereAsync(FaultRecord record, CancellationToken ct);

    /// <summary>Puts back what was there before; only called while what was seeded is there.</summary>
    /// <exception cref="IOException">It could not be put back, or not wholly.</exception>
    ValueTask UndoAsync(FaultRecord record, CancellationToken ct);
}

/// <summary>Whether a fault can be applied.</summary>
internal abstract record Outlook
{
    /// <summary>It can.</summary>
    /// <param name="Place"><see cref="FaultRecord.Place"/>.</param>
    /// <param name="Before"><see cref="FaultRecord.Before"/>; null: nothing.</param>
    /// <param name="Seeded"><see cref="FaultRecord.Seeded"/>.</param>
    internal sealed record Possible(string Place, string? Before, string Seeded) : Outlook
    {
        /// <summary>Whether a restart of the machine ends it.</summary>
        public bool EndsWithBoot { get; init; }
    }

    /// <summary>It cannot.</summary>
    /// <param name="Why">Why, as the end of a sentence that begins with "cannot here, because".</param>
    internal sealed record Impossible(string Why) : Outlook;
}
