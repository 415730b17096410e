using Npgsql;
using Sandbox.Storage.Retention;

namespace Sandbox.Storage.Postgres.Retention;

/// <summary>Frees the rows that were deleted or written over; PostgreSQL puts others in their place from then on.</summary>
internal sealed class PostgresScrub(NpgsqlDataSource source) : IStoreScrub
{
    private const string Vacuum =
        """
        VACUUM "LogEntries", "Evidence", "SignOffs", "SeenThings", "LearningRecords", "Assignments", "SeededFaults", "Guesses", "HeldAccounts", "Codes",
        "Invitations", "KeptRecords", "AspNetUsers"
        """;

    /// <inheritdoc/>
    public async Task<bool> ScrubAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Vacuum);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
        return true;
    }
}
