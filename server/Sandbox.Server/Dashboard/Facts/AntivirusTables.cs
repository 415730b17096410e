using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Words;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Malware scanners: how each fares, what is wrong with it, and the database files for experts.</summary>
internal static class AntivirusTables
{
    private static readonly string[] Columns =
    [
        "Scanner", "Version", "Running", "Checks files when opened", "Definitions in use", "Built", "Signatures", "Renewed by", "Told to leave alone",
    ];

    /// <summary>Which scanners there are, or that there is none.</summary>
    public static IReadOnlyList<FactGroup> Names(Antivirus antivirus) =>
    [
        new FactGroup(null,
        [
            new FactValue("antivirus.products", "Malware scanners", antivirus.Products.Count == 0 ? null : string.Join(", ", antivirus.Products.Select(p => p.Name)),
                antivirus.Unseen.Count == 0 ? "none of those that the agent knows is installed" : "none was seen, but not everything could be looked at"),
        ]),
    ];

    public static IReadOnlyList<FactTable> Of(Antivirus antivirus)
    {
        if (antivirus.Products.Count == 0) return [];
        var problems = antivirus.Products.SelectMany(p => p.Problems.Select((problem, index) =>
            new FactTableRow($"antivirus.products[{p.Name}].problems[{index}]", [p.Name, problem]))).ToList();
        var databases = antivirus.Products.SelectMany(Databases).ToList();
        return
        [
            .. problems.Count > 0 ? [new FactTable("What is wrong", ["Scanner", "Problem"], problems)] : Array.Empty<FactTable>(),
            new FactTable("How they fare", Columns, [.. antivirus.Products.Select(Row)]),
            .. databases.Count > 0 ? [new FactTable("Databases", ["File", "Version", "Built", "Signatures", "Signed"], databases, Folded: true)] : Array.Empty<FactTable>(),
        ];
    }

    private static FactTableRow Row(AntivirusProduct product) => new($"antivirus.products[{product.Name}]",
    [
        product.Name, product.HasVersion ? product.Version : null, product.HasRunning ? Running(product) : null, product.HasRealTime ? YesNo(product.RealTime) : null,
        InUse(product), Instant(product.DefinitionsBuiltAt) ?? (product.DefinitionsUpdatedAt is null ? null : $"fetched {Instant(product.DefinitionsUpdatedAt)}"),
        product.HasSignatures ? Number(product.Signatures) : null, Renewed(product), LeftAlone(product),
    ]);

    private static string Running(AntivirusProduct product) =>
        product.Running && product.HasState ? $"yes ({product.State})" : YesNo(product.Running);

    private static string? InUse(AntivirusProduct product) => product switch
    {
        { HasDefinitionsLoaded: true, HasDefinitionsOnDisk: true } when product.DefinitionsLoaded != product.DefinitionsOnDisk =>
            $"{product.DefinitionsLoaded}, on the disk {product.DefinitionsOnDisk}",
        { HasDefinitionsLoaded: true } => product.DefinitionsLoaded,
        { HasDefinitionsOnDisk: true } => $"none loaded, on the disk {product.DefinitionsOnDisk}",
        { HasSignatures: true } => "none with a version",
        _ => null,
    };

    private static string? Renewed(AntivirusProduct product) =>
        product.UpdateSources.Count > 0 ? string.Join(", ", product.UpdateSources) : product.HasUpdateScheduled ? product.UpdateScheduled ? "yes" : "nothing" : null;

    private static string? LeftAlone(AntivirusProduct product)
    {
        if (!product.HasExclusions && !product.HasIgnoredSignatures) return null;
        var exclusions = product.HasExclusions ? $"{Number(product.Exclusions)} exclusions" : "exclusions not known";
        return product is { HasIgnoredSignatures: true, IgnoredSignatures: > 0 } ? $"{exclusions}, {Number(product.IgnoredSignatures)} ignored signatures" : exclusions;
    }

    private static IEnumerable<FactTableRow> Databases(AntivirusProduct product) => product.Databases.Select(d =>
        new FactTableRow($"antivirus.products[{product.Name}].databases[{d.File}]",
        [
            d.File, d.HasVersion ? Number(d.Version) : "none", d.BuiltAt is null ? "does not say" : Instant(d.BuiltAt),
            d.HasSignatures ? Number(d.Signatures) : null, d.Official ? "by ClamAV, checked when loaded" : "by nobody",
        ]));

    private static string? Instant(Timestamp? said) => said is null ? null : Instants.Of(said) is { } instant ? Ages.Full(instant) : "not an instant";

    private static string YesNo(bool said) => said ? "yes" : "no";

    private static string Number(ulong number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
