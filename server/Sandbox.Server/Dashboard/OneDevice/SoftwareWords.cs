using System.Globalization;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Where a package came from, and since when it is there.</summary>
internal static class SoftwareWords
{
    /// <summary>Whoever distributes it, by the package's own word; and the repository, where that was noted.</summary>
    public static string From(Package package) => (package.HasOrigin, package.HasRepository) switch
    {
        (true, true) => $"{package.Origin}, by {Repository(package)}",
        (true, false) => package.Origin,
        (false, true) => Repository(package),
        // Debian's own packages leave it out.
        _ => "not said",
    };

    private static string Repository(Package package) => package.RepositoryLacksVersion ? $"{package.Repository}, which has other versions only" : package.Repository;

    /// <summary>The day, in UTC; each upgrade moves it.</summary>
    public static string Installed(Package package) =>
        package.InstalledAt is not { } at ? "not known" : Instants.Of(at)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not an instant";
}
