using System.IO.Enumeration;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Where we deliberately say something else than OpenSCAP, and why.</summary>
internal static class Argued
{
    private static readonly (string Fixtures, string Why)[] All =
    [
    ];

    /// <summary>Why. Null: nobody says why.</summary>
    public static string? Why(Judged judged) =>
        All.FirstOrDefault(one => FileSystemName.MatchesSimpleExpression(one.Fixtures, judged.Fixture.Name)).Why;
}
