using System.Text.RegularExpressions;

namespace Sandbox.Evidence.Policies;

/// <summary>Which devices something of a policy is for. What is null does not matter.</summary>
/// <param name="Device">The device's id, 32 hexadecimal digits.</param>
/// <param name="Group">A group that it is in.</param>
/// <param name="Role">What it is for.</param>
public sealed partial record DeviceScope(string? Device = null, string? Group = null, DeviceRole? Role = null)
{
    /// <summary>All of them.</summary>
    public static DeviceScope Everything { get; } = new();

    /// <summary>For people: <c>devices of the group kiosks</c>.</summary>
    public string Words => (Device, Group, Role) switch
    {
        (null, _, _) => Among,
        ({ } device, null, null) => $"the device {device}",
        ({ } device, _, _) => $"the device {device}, while it is one of the {Among}",
    };

    private string Among => (Group, Role) switch
    {
        (null, null) => "every device",
        ({ } group, null) => $"devices of the group {group}",
        (null, { } role) => $"{role.Name()}s",
        ({ } group, { } role) => $"{role.Name()}s of the group {group}",
    };

    /// <summary>Whether a text can be the name of a group: small letters, digits and dashes.</summary>
    public static bool IsGroup(string text) => GroupName().IsMatch(text);

    /// <summary>Whether a text can be the id of a device.</summary>
    public static bool IsDevice(string text) => DeviceId().IsMatch(text);

    internal bool Covers(DeviceFacts facts) =>
        (Device is null || Device == facts.About.Device) && (Group is null || facts.About.Groups.Contains(Group)) && (Role is null || Role == facts.Role);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex GroupName();

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex DeviceId();
}
