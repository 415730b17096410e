using Sandbox.Evidence.Licences;
using Sandbox.Evidence.Policies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads <c>expect: { op: registered, products: [ { name: "Visio*", groups: [design], seats: 5, until: 2027-01-31 } ] }</c>.</summary>
internal static class RegisterReader
{
    private const long MostSeats = 1_000_000;

    /// <summary>The register. Null: something is wrong, which is noted.</summary>
    public static Expectation.Register? Read(YamlMap map, YamlFaults faults)
    {
        var products = EntriesReader.Read(
            map, "products", entry => Product(entry, faults),
            (earlier, product) => string.Equals(earlier.Name, product.Name, StringComparison.OrdinalIgnoreCase) ? $"`{product.Name}` stands here twice: name all who hold it in one entry" : null, faults);
        return products.Count > 0 ? new Expectation.Register(products) : null;
    }

    private static LicensedProduct? Product(YamlMap entry, YamlFaults faults)
    {
        var name = entry.Text("name", required: true);
        var groups = Named(entry, "groups", DeviceScope.IsGroup, "a group: small letters, digits and dashes", faults);
        var devices = Named(entry, "devices", DeviceScope.IsDevice, "a device's id: 32 hexadecimal digits", faults);
        var (seats, until) = (entry.Number("seats", 0, MostSeats), YamlDay.Read(entry, "until", required: false, faults));
        entry.Close();
        if (name is not null && !ProductName.IsOne(name)) faults.At(entry.Find("name")!, $"`name` must be the name of a package or program, with one `*` at most, and is {YamlMap.Shown(entry.Find("name")!)}");
        if (seats == 0 && groups.Count + devices.Count > 0) faults.At(entry.Find("seats")!, "`seats: 0` says that nobody holds it, and here stands who does: take out one of both");
        else if (devices.Count > seats) faults.At(entry.Find("devices")!, $"{devices.Count} devices are named, and there are {seats} seats");
        return name is null ? null : new LicensedProduct(name) { Groups = groups, Devices = devices, Seats = seats, Until = until };
    }

    // An empty list would be read as nobody, and hold for everybody.
    private static IReadOnlyList<string> Named(YamlMap entry, string key, Func<string, bool> isOne, string what, YamlFaults faults)
    {
        if (entry.Find(key) is YamlSequenceNode { Children.Count: 0 } list) faults.At(list, $"`{key}` names nobody: leave it out, or say `seats: 0` where nobody holds it");
        foreach (var node in entry.List(key).OfType<YamlScalarNode>().Where(node => node.Value is { Length: > 0 } name && !isOne(name))) faults.At(node, $"`{key}` must name what can be {what}; {YamlMap.Shown(node)} is none");
        return entry.Texts(key);
    }
}
