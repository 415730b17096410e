using System.IO.Enumeration;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Where we deliberately say something else than OpenSCAP, and why.</summary>
internal static class Argued
{
    private static readonly (string Fixtures, string Why)[] All =
    [
        ("sudo_require_reauthentication/*", "it reads files of sudoers.d with a dot in their names, which sudo itself passes by, and calls the same value in two places a failure: what sudo heeds is what counts"),
    ];

    /// <summary>Why. Null: nobody says why.</summary>
    public static string? Why(Judged judged) =>
        All.FirstOrDefault(one => FileSystemName.MatchesSimpleExpression(one.Fixtures, judged.Fixture.Name)).Why;
}
