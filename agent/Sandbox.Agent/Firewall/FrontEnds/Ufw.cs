using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>ufw(8): its switch in ufw.conf, its defaults in /etc/default/ufw, its chains in the kernel.</summary>
internal static class Ufw
{
    private const string Switch = "etc/ufw/ufw.conf";
    private const string Defaults = "etc/default/ufw";

    public static IReadOnlyList<string> Watches { get; } = [Switch, Defaults, "usr/sbin/ufw"];

    public static FirewallFrontEnd? Read(RootFolder root, EnabledUnits units, LiveRules live, UnseenNotes unseen)
    {
        var installed = FrontEndFiles.HasProgram(root, "ufw");
        if (!installed && !root.Has(Switch)) return null;
        var found = live.Tables.Any(table => table is { Name: "filter", Family: Families.IPv4 }
            && table.Chains.TryGetValue("INPUT", out var input) && input.Rules.Count > 0 && HasOwnChains(table));
        var ufw = new FirewallFrontEnd { Name = "ufw", Installed = installed, StartsAtBoot = units.Has("ufw.service") };
        if (FrontEndFiles.InForce(live, found) is { } inForce) ufw.InForce = inForce;
        if (FrontEndFiles.Text(root, Switch, unseen) is { } text && new ShellValues(text)["ENABLED"] is { } enabled)
            ufw.Enabled = enabled.Equals("yes", StringComparison.OrdinalIgnoreCase);
        if (FrontEndFiles.Text(root, Defaults, unseen) is { } defaults) Configured(ufw, new ShellValues(defaults));
        return ufw;
    }

    private static bool HasOwnChains(Table table) => table.Chains.TryGetValue("ufw-before-input", out var before) && before.Rules.Count > 0;

    private static void Configured(FirewallFrontEnd ufw, ShellValues defaults)
    {
        if (PolicyWords.Of(defaults["DEFAULT_INPUT_POLICY"]) is not { } input) return;
        ufw.ConfiguredIpv4Input = input;
        // IPV6=no lets IPv6 in on loopback alone.
        if (defaults["IPV6"] is { } ipv6) ufw.ConfiguredIpv6Input = ipv6.Equals("yes", StringComparison.OrdinalIgnoreCase) ? input : FirewallDefault.Deny;
    }
}
