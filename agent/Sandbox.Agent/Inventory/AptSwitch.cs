namespace Sandbox.Agent.Inventory;

/// <summary>Words for on and off as apt reads them (StringToBool of apt-pkg).</summary>
internal static class AptSwitch
{
    /// <summary>Null: neither.</summary>
    public static bool? Of(string value) => value.ToLowerInvariant() switch
    {
        "yes" or "true" or "with" or "on" or "enable" or "1" => true,
        "no" or "false" or "without" or "off" or "disable" or "0" => false,
        _ => null,
    };

    public static bool IsOn(string value) => Of(value) == true;
}
