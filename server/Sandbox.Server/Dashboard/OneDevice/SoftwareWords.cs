using System.Globalization;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>Where a package came from, and since when it is there.</summary>
internal static class SoftwareWords
{
    /// <summary>Whoever distributes it, by the package's own word; and the repository, where that is known.</summary>
    /// <param name="package">The package.</param>
    /// <param name="listsKnown">Lists of repositories were read: a deb package that none of them has came in another way.</param>
    public static string From(Package package, bool listsKnown) => (package.HasOrigin, Repository(package, listsKnown)) switch
    {
        (true, { } repository) => $"{package.Origin}, by {repository}",
        (true, null) => package.Origin,
        (false, { } repository) => repository,
        // Debian's own packages leave it out.
        _ => "not said",
    };

    /// <summary>Whether lists of apt's repositories were read.</summary>
    public static bool ListsKnown(Software software) => software.Unseen.All(one => !one.What.StartsWith("/var/lib/apt/lists", StringComparison.Ordinal)) && software.Packages.Any(one => one is { Manager: Package.Types.Manager.Dpkg, HasRepository: true });

    private static string? Repository(Package package, bool listsKnown) => package switch
    {
        { HasRepository: true } => package.Repository,
        { HasOtherVersionsIn: true } => $"not this version, but others in {package.OtherVersionsIn}",
        { Manager: Package.Types.Manager.Dpkg } when listsKnown => "no list of a repository has it",
        _ => null,
    };

    /// <summary>The day, in UTC; each upgrade moves it.</summary>
    public static string Installed(Package package) =>
        package.InstalledAt is not { } at ? "not known" : Instants.Of(at)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not an instant";
}
