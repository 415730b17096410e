using Npgsql;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>Statements that travel together: one way to the server and back for all of them. Each is prepared once it was used a few times.</summary>
internal sealed class Statements(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);

    /// <summary>Adds one; its parameters are $1, $2, ... in this order.</summary>
    public Statements Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
        return this;
    }

    /// <summary>Runs them in their order.</summary>
    public void Run()
    {
        if (_batch.BatchCommands.Count > 0) _batch.ExecuteNonQuery();
    }

    /// <summary>Runs them in their order and reads what they answer.</summary>
    public NpgsqlDataReader Read() => _batch.ExecuteReader();

    public void Dispose() => _batch.Dispose();
}
