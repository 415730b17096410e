using Sandbox.Agent.Inventory.Sqlite;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>rpmdb.sqlite of rpm 4.16 and later: <c>Packages(hnum INTEGER PRIMARY KEY, blob BLOB)</c>.</summary>
internal sealed class SqliteHeaders(string path, CancellationToken ct) : IRpmHeaders
{
    private readonly SqliteFile _file = new(path, ct);
    private SqliteTable? _packages;
    private bool _looked;

    public ReadOnlySpan<byte> Header => _packages is null ? default : _packages.Row.Bytes(1);

    public bool IsAsItWas => _file.IsAsItWas;

    public bool Next()
    {
        // rpm that never installed anything may leave a file without tables.
        if (!_looked) _packages = SqliteTable.Open(_file, "Packages");
        _looked = true;
        return _packages?.Next() == true;
    }

    public void Dispose()
    {
        _packages?.Dispose();
        _file.Dispose();
    }
}
