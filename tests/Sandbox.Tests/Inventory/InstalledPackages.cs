using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Inventory;

/// <summary>dpkg's list of what is installed.</summary>
internal static class InstalledPackages
{
    public static MachineFiles Installed(this MachineFiles files, params (string Name, string Version, string Architecture)[] packages) =>
        files.With("var/lib/dpkg/status", string.Concat(packages.Select(one => $"Package: {one.Name}\nStatus: install ok installed\nArchitecture: {one.Architecture}\nVersion: {one.Version}\n\n")));
}
