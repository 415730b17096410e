using System.Text.RegularExpressions;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>firewalld(1): its default zone in firewalld.conf, that zone's target, its table or chains in the kernel.</summary>
internal static partial class Firewalld
{
    private const string Conf = "etc/firewalld/firewalld.conf";
    private const string Zones = "etc/firewalld/zones";
    private const string ShippedZones = "usr/lib/firewalld/zones";
    private const string ShippedDefault = "public";

    public static IReadOnlyList<string> Watches { get; } = [Conf, Zones, "usr/sbin/firewalld"];

    public static FirewallFrontEnd? Read(RootFolder root, EnabledUnits units, LiveRules live, UnseenNotes unseen)
    {
        var installed = FrontEndFiles.HasProgram(root, "firewalld");
        if (!installed && !root.Has(Conf)) return null;
        var firewalld = new FirewallFrontEnd { Name = "firewalld", Installed = installed, StartsAtBoot = units.Has("firewalld.service") };
        var found = live.Tables.Any(table => !table.Dormant && (table.Name == "firewalld" || table.Chains.ContainsKey("INPUT_ZONES")));
        if (FrontEndFiles.InForce(live, found) is { } inForce) firewalld.InForce = inForce;
        // DefaultZone, a line like a shell's.
        var conf = FrontEndFiles.Text(root, Conf, unseen);
        if (conf is null && root.Has(Conf)) return firewalld;
        firewalld.Zone = conf is not null && new ShellValues(conf)["DefaultZone"] is { Length: > 0 } zone ? zone : ShippedDefault;
        if (Target(root, firewalld.Zone, unseen) is { } target) (firewalld.ConfiguredIpv4Input, firewalld.ConfiguredIpv6Input) = (target, target);
        return firewalld;
    }

    // firewalld.zone(5): without a target, or with "default", what is not allowed is rejected.
    private static FirewallDefault? Target(RootFolder root, string zone, UnseenNotes unseen)
    {
        if (zone.Contains('/', StringComparison.Ordinal)) return null;
        var path = root.Has($"{Zones}/{zone}.xml") ? $"{Zones}/{zone}.xml" : $"{ShippedZones}/{zone}.xml";
        if (FrontEndFiles.Text(root, path, unseen) is not { } text || !ZoneElement().IsMatch(text)) return null;
        var target = TargetAttribute().Match(text);
        return !target.Success || target.Groups[1].Value == "default" ? FirewallDefault.Deny : PolicyWords.Of(target.Groups[1].Value);
    }

    [GeneratedRegex("<zone[\\s/>]")]
    private static partial Regex ZoneElement();

    [GeneratedRegex("<zone\\s[^>]{0,500}\\btarget\\s*=\\s*[\"']([^\"']{0,50})[\"']")]
    private static partial Regex TargetAttribute();
}
