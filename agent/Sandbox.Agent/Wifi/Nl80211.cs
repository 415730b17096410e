namespace Sandbox.Agent.Wifi;

/// <summary>Numbers of linux/nl80211.h. They never change: new ones are added at the end.</summary>
internal static class Nl80211
{
    /// <summary>Name of the family.</summary>
    public const string Family = "nl80211";

    /// <summary>Name of the group that hears of joining and leaving.</summary>
    public const string JoiningGroup = "mlme";

    public const byte GetInterface = 5;
    public const byte NewInterface = 7;
    public const byte GetScan = 32;
    public const byte NewScanResults = 34;
    public const byte Connect = 46;
    public const byte Roam = 47;
    public const byte Disconnect = 48;

    public const ushort InterfaceNumber = 3;
    public const ushort InterfaceName = 4;
    public const ushort InterfaceType = 5;
    public const ushort Frequency = 38;
    public const ushort AccessPoint = 47;
    public const ushort NameOfNetwork = 52;

    /// <summary>NL80211_IFTYPE_STATION: it joins networks of access points.</summary>
    public const uint Station = 2;

    /// <summary>Inside of <see cref="AccessPoint"/>: enum nl80211_bss.</summary>
    public const ushort PointFrequency = 2;
    public const ushort PointCapability = 5;
    public const ushort PointElements = 6;
    public const ushort PointStatus = 9;
    public const ushort PointBeaconElements = 11;

    /// <summary>NL80211_BSS_STATUS_ASSOCIATED.</summary>
    public const uint Associated = 1;
}
