using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Sandbox.Storage.Postgres;

/// <summary>
/// What Npgsql throws when PostgreSQL goes away. When the connection breaks in the middle of an answer that may be a <see cref="NullReferenceException"/> of
/// its own (seen in NpgsqlDataReader.NextResult of 10.0), which nobody who waits for a database to come back expects: it would end the server.
/// </summary>
internal static class BrokenConnection
{
    /// <summary>The fault as what it is. Null: it is none of the database.</summary>
    public static NpgsqlException? Of(Exception fault) => fault switch
    {
        NpgsqlException known => known,
        NullReferenceException { Source: "Npgsql" } => new NpgsqlException("The connection broke while an answer was read.", fault),
        _ => null,
    };

    /// <summary>Runs each thing once, and throws the fault as what it is.</summary>
    internal sealed class Strategy(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
    {
        private readonly NonRetryingExecutionStrategy _once = new(dependencies);

        /// <inheritdoc/>
        public bool RetriesOnFailure => false;

        /// <inheritdoc/>
        public TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
        {
            try
            {
                return _once.Execute(state, operation, verifySucceeded);
            }
            catch (NullReferenceException fault) when (Of(fault) is { } broken)
            {
                throw broken;
            }
        }

        /// <inheritdoc/>
        public async Task<TResult> ExecuteAsync<TState, TResult>(
            TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation, Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
            CancellationToken cancellationToken = default)
        {
            try
            {
                return await _once.ExecuteAsync(state, operation, verifySucceeded, cancellationToken);
            }
            catch (NullReferenceException fault) when (Of(fault) is { } broken)
            {
                throw broken;
            }
        }
    }
}
