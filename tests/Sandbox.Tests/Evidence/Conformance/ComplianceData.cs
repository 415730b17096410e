namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>
/// Trees that ComplianceAsCode's own tests leave behind, with the verdict of OpenSCAP. They lie outside the repository: in
/// <c>$SANDBOX_DATA/compliance</c>, or in <c>../shared/data/compliance</c> beside it.
/// </summary>
internal static class ComplianceData
{
    /// <summary>The folder. Null: it is in neither place.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Every fixture of a rule that <see cref="ComplianceAsCode"/> knows: <c>rule/scenario</c>; one empty name for none.</summary>
    public static TheoryData<string> Fixtures()
    {
        var fixtures = new TheoryData<string>();
        if (Folder is not null)
        {
            foreach (var rule in Directory.EnumerateDirectories(Folder).Where(rule => ComplianceAsCode.Knows(Path.GetFileName(rule))).Order())
            {
                foreach (var scenario in Directory.EnumerateDirectories(rule).Order())
                    fixtures.Add($"{Path.GetFileName(rule)}/{Path.GetFileName(scenario)}");
            }
        }

        if (fixtures.Count == 0) fixtures.Add("");
        return fixtures;
    }

    private static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("SANDBOX_DATA");
        var data = given ?? Path.Combine(RepositoryRoot.Path, "..", "shared", "data");
        var folder = Path.GetFullPath(Path.Combine(data, "compliance"));
        return Directory.Exists(folder) ? folder : null;
    }
}
