namespace Sandbox.Server.Dashboard.Devices;

/// <summary>A group of devices that a number counts and a list shows.</summary>
public enum DeviceGroup
{
    /// <summary>All that are in service: those that may report, and those in quarantine.</summary>
    Active,

    /// <summary>Shut out because the identity is in two places.</summary>
    Quarantined,

    /// <summary>Connected at this moment.</summary>
    Online,

    /// <summary>In service and not connected at this moment.</summary>
    Offline,

    /// <summary>Active, not connected, and not heard of for an hour.</summary>
    Silent,

    /// <summary>At least one check fails.</summary>
    Failing,

    /// <summary>Every password check that concerns the device is known and passes.</summary>
    PasswordPass,

    /// <summary>At least one password check fails.</summary>
    PasswordFail,

    /// <summary>No password check fails, but not all of them could be judged.</summary>
    PasswordUnknown,

    /// <summary>The clock is more than five seconds off.</summary>
    Clock,

    /// <summary>The certificate ends within four days: renewal should have happened about eight days before its end.</summary>
    Certificate,

    /// <summary>Retired or revoked.</summary>
    Gone,
}

/// <summary>The words of the groups, in addresses and on pages.</summary>
internal static class DeviceGroups
{
    public static IReadOnlyList<(DeviceGroup Group, string Word, string Label)> All { get; } =
    [
        (DeviceGroup.Active, "", "All in service"),
        (DeviceGroup.Quarantined, "quarantined", "Quarantined"),
        (DeviceGroup.Failing, "failing", "Failing checks"),
        (DeviceGroup.Online, "online", "Online"),
        (DeviceGroup.Offline, "offline", "Offline"),
        (DeviceGroup.Silent, "silent", "Silent for an hour"),
        (DeviceGroup.PasswordPass, "password-pass", "Password checks pass"),
        (DeviceGroup.PasswordFail, "password-fail", "Password checks fail"),
        (DeviceGroup.PasswordUnknown, "password-unknown", "Password not fully known"),
        (DeviceGroup.Clock, "clock", "Clock is off"),
        (DeviceGroup.Certificate, "certificate", "Certificate about to end"),
        (DeviceGroup.Gone, "gone", "Retired or revoked"),
    ];

    /// <summary>The group of a word in an address; all active ones when there is no such word.</summary>
    public static DeviceGroup Parse(string? word) => All.FirstOrDefault(x => x.Word == word).Group;

    /// <summary>The word of a group.</summary>
    public static string Word(DeviceGroup group) => All.First(x => x.Group == group).Word;

    /// <summary>The address of the list that shows exactly the group.</summary>
    public static string Url(DeviceGroup group) => group == DeviceGroup.Active ? "/devices" : $"/devices?state={Word(group)}";
}
