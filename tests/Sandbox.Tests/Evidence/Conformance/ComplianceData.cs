namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>
/// Trees that ComplianceAsCode's own tests leave behind, with the verdict of OpenSCAP. They lie outside the repository: in
/// <c>$SANDBOX_DATA/compliance</c>, or in <c>../shared/data/compliance</c> beside it.
/// </summary>
internal static class ComplianceData
{
    /// <summary>What a test says that finds none.</summary>
    public const string Missing = "The fixtures of ComplianceAsCode are not here: put them into ../shared/data/compliance, or say where they are in SANDBOX_DATA.";

    /// <summary>The folder. Null: it is in neither place.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Every fixture, in the order of their names.</summary>
    public static IEnumerable<Fixture> Fixtures() => Folder is not { } folder ? [] : Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        .SelectMany(rule => Directory.EnumerateDirectories(rule).Order(StringComparer.Ordinal)).Where(fixture => File.Exists(Path.Combine(fixture, "expected"))).Select(Fixture.Read);

    private static string? Find()
    {
        var data = Environment.GetEnvironmentVariable("SANDBOX_DATA") ?? Path.Combine(RepositoryRoot.Path, "..", "shared", "data");
        var folder = Path.GetFullPath(Path.Combine(data, "compliance"));
        return Directory.Exists(folder) ? folder : null;
    }
}
