using System.Net.NetworkInformation;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using SystemInterface = System.Net.NetworkInformation.NetworkInterface;

namespace Sandbox.Agent.Inventory;

/// <summary>Addresses stand in no file: only the running kernel knows them (getifaddrs(3)).</summary>
internal static class LinuxAddresses
{
    /// <summary>By interface, sorted, with prefix length. Null: they cannot be asked for, and <paramref name="unseen"/> has it.</summary>
    public static Dictionary<string, List<string>>? Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (!root.IsThisSystem)
        {
            const string Why = "only the running system knows its addresses, and the root folder is another";
            unseen.Add(new Unseen { What = "getifaddrs", Why = Why, Remedy = "Leave out --root" });
            return null;
        }
        try
        {
            var addresses = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var one in SystemInterface.GetAllNetworkInterfaces())
                addresses[one.Name] = Of(one);
            return addresses;
        }
        catch (NetworkInformationException fault)
        {
            unseen.Add(new Unseen { What = "getifaddrs", Why = fault.Message });
            return null;
        }
    }

    private static List<string> Of(SystemInterface one)
    {
        var found = new List<string>();
        foreach (var address in one.GetIPProperties().UnicastAddresses)
        {
            var text = address.Address.ToString();
            var scope = text.IndexOf('%');
            found.Add($"{(scope < 0 ? text : text[..scope])}/{address.PrefixLength}");
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
