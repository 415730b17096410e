using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Software in numbers; the list itself has a page of its own, because it is long.</summary>
internal static class SoftwareValues
{
    public static IReadOnlyList<FactGroup> Of(Software software, string page)
    {
        var packages = software.Packages;
        var hidesAll = packages.Count == 0 && software.Unseen.Count > 0;
        var asked = packages.Count(p => p is { HasAutomatic: true, Automatic: false });
        var unmarked = packages.Count(p => !p.HasAutomatic);
        return
        [
            new FactGroup(null,
            [
                new FactValue("software.packages", "Packages", hidesAll ? null : Number(packages.Count), "none that could be seen") { Link = $"{page}/software" },
                new FactValue("software.asked_for", "Asked for by somebody", unmarked == packages.Count ? null : Number(asked), "the system keeps no such mark"),
            ]),
        ];
    }

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
