namespace Sandbox.Tests.Storage.Conformance;

/// <summary>Runs a test once on each store.</summary>
public sealed class BothStores : TheoryData<StoreKind>
{
    public BothStores() => AddRange(StoreKind.Sqlite, StoreKind.Postgres);
}

/// <summary>Which database keeps the data.</summary>
public enum StoreKind
{
    /// <summary>A file in a temporary folder.</summary>
    Sqlite,

    /// <summary>A database of the run's own PostgreSQL.</summary>
    Postgres,
}
