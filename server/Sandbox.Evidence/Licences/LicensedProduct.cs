namespace Sandbox.Evidence.Licences;

/// <summary>A product that needs a licence, as a policy's register has it. Who holds it, holds it for all that is named.</summary>
/// <param name="Name">Name of the package or program, or what it begins or ends with: one <c>*</c> stands for anything.</param>
internal sealed record LicensedProduct(string Name)
{
    /// <summary>Groups of devices that hold it. With no device either: every device does.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Ids of devices that hold it.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>How many devices may have it; 0: none. Null: no number was agreed.</summary>
    public long? Seats { get; init; }

    /// <summary>The last day of the licence, UTC. Null: it does not end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who holds it, in words.</summary>
    public string Holders => Seats == 0 ? "nobody"
        : Groups.Count + Devices.Count == 0 ? "every device"
        : string.Join(" and ", Groups.Select(group => $"devices of the group {group}").Concat(Devices.Count switch { 0 => [], 1 => ["1 device"], var many => [$"{many} devices"] }));

    /// <summary>Whether a device holds it.</summary>
    public bool IsHeldBy(AboutDevice about) => Seats != 0 && ((Groups.Count + Devices.Count == 0) || Groups.Any(about.Groups.Contains) || (about.Device is { } device && Devices.Contains(device)));

    /// <summary>Whether something that is installed is of it. Letters are alike, as in names that people read.</summary>
    public bool Is(string installed) => ProductName.Fits(Name, installed);

    /// <inheritdoc/>
    public bool Equals(LicensedProduct? other) =>
        other is not null && (Name, Seats, Until) == (other.Name, other.Seats, other.Until) && Groups.SequenceEqual(other.Groups) && Devices.SequenceEqual(other.Devices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Seats, Until, Groups.Count, Devices.Count);
}
