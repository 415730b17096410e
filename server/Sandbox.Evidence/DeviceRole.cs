using Sandbox.Evidence.Crediting.Additions;
using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>What a device is for.</summary>
public enum DeviceRole
{
    /// <summary>Somebody works at it.</summary>
    Workstation = 0,

    /// <summary>Others come to it over the network.</summary>
    Server = 1,
}

/// <summary>What devices are for, by what they do and in words.</summary>
public static class DeviceRoles
{
    // Where agents read what listens, and whose it is.
    private const string Listeners = "/proc/";

    private static readonly DeviceRole[] All = Enum.GetValues<DeviceRole>();

    /// <summary>The words that policies, commands and pages use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(Name)];

    /// <summary>The role of a word. Null: it is none.</summary>
    public static DeviceRole? Named(string word) => All.Cast<DeviceRole?>().FirstOrDefault(role => role!.Value.Name() == word);

    /// <summary>Its word: <c>server</c>.</summary>
    public static string Name(this DeviceRole role) => role.ToString().ToLowerInvariant();

    /// <summary>
    /// What a device is by its services: a server where others come for one to it. Null: no services could be read, or who listens could not be seen and nothing that
    /// could be serves others.
    /// </summary>
    internal static DeviceRole? Of(Services services)
    {
        if (services.Units.Count == 0) return null;
        if (ServiceSetUp.Serving(services).Any()) return DeviceRole.Server;
        return services.Unseen.Any(one => one.What.StartsWith(Listeners, StringComparison.Ordinal)) ? null : DeviceRole.Workstation;
    }
}
