using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>Scanners that are known by their folder and unit alone: they are there, and how they fare is not known.</summary>
internal static class OtherScanners
{
    private static readonly (string Name, string Folder, string Unit)[] Known =
    [
        ("ESET Endpoint Antivirus", "opt/eset/eea", "eea.service"), ("ESET Server Security", "opt/eset/efs", "efs.service"),
        ("Sophos Protection for Linux", "opt/sophos-spl", "sophos-spl.service"),
    ];

    public static IReadOnlyList<string> Watches { get; } = [.. Known.Select(product => product.Folder)];

    public static List<AntivirusProduct> Read(RootFolder root)
    {
        var (found, units) = (new List<AntivirusProduct>(), new EnabledUnits(root));
        foreach (var (name, folder, unit) in Known.Where(product => root.Has(product.Folder)))
        {
            var product = new AntivirusProduct { Name = name, Problems = { "Present; whether it runs and how old its definitions are is not known." } };
            if (!units.Has(unit))
                product.Problems.Add($"{unit} is not enabled, so it does not start with the machine. {ServiceStart.ForGood(root, name, unit)}");
            found.Add(product);
        }

        return found;
    }
}
