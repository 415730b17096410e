using Npgsql;
using Sandbox.Storage.Retention;

namespace Sandbox.Storage.Postgres.Retention;

/// <summary>
/// Frees the rows that were deleted or written over; PostgreSQL puts others in their place from then on. It writes over nothing by itself: VACUUM FULL
/// would make the files anew, but keeps everybody out of the tables meanwhile.
/// </summary>
internal sealed class PostgresScrub(NpgsqlDataSource source) : IStoreScrub
{
    /// <summary>Every table in which somebody's rows are.</summary>
    internal const string Vacuum =
        """
        VACUUM "LogEntries", "Evidence", "SignOffs", "SeenThings", "LearningRecords", "Assignments", "SeededFaults", "Guesses", "HeldAccounts", "Codes",
        "Invitations", "KeptRecords", "ApiTokens", "AspNetUsers", "AspNetUserClaims", "AspNetUserLogins", "AspNetUserPasskeys", "AspNetUserRoles",
        "AspNetUserTokens"
        """;

    /// <inheritdoc/>
    public async Task<string?> ScrubAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Vacuum);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
        return "PostgreSQL has freed the rows: no query sees them, and others take their place. Their bytes stay in its files until then, and in what is kept of its write-ahead log.";
    }
}
