using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Wifi;

/// <summary>Which networks the machine is in, as the kernel says (linux/nl80211.h).</summary>
internal static class JoinedNetworks
{
    private const int Most = 100;

    /// <summary>Adds them to the fact, and what the kernel did not say to the notes.</summary>
    public static void Describe(IGenericNetlink kernel, WiFi fact, UnseenNotes unseen)
    {
        try
        {
            if (GenericFamily.Find(kernel, Nl80211.Family) is not { } family)
            {
                unseen.Add(Note("the kernel does not know it here, so which network is joined cannot be asked"));
                return;
            }
            var interfaces = GenericDump.Read(kernel, GenericDump.Request(family.Number, Nl80211.GetInterface), Nl80211.NewInterface, WirelessInterface.Of);
            foreach (var one in interfaces.OrderBy(one => one.Name, StringComparer.Ordinal).Take(Most))
                if (Joined(kernel, family, one, unseen) is { } joined) fact.Joined.Add(joined);
        }
        catch (IOException fault)
        {
            unseen.Add(Note(fault.Message));
        }
    }

    /// <summary>Why it is not known.</summary>
    public static Unseen Note(string why, string? remedy = null)
    {
        var note = new Unseen { What = Nl80211.Family, Why = why };
        if (remedy is not null) note.Remedy = remedy;
        return note;
    }

    private static JoinedWiFi? Joined(IGenericNetlink kernel, GenericFamily family, WirelessInterface one, UnseenNotes unseen)
    {
        JoinedPoint? point;
        try
        {
            point = GenericDump.Read(kernel, GenericDump.Request(family.Number, Nl80211.GetScan, one.Number), Nl80211.NewScanResults, JoinedPoint.Of).FirstOrDefault();
            if (point is null) return null;
        }
        catch (IOException fault)
        {
            unseen.Add(Note($"the access point of {one.Name}: {fault.Message}"));
            if (one.Ssid is null) return null;
            point = null;
        }
        var joined = new JoinedWiFi { Interface = one.Name, Ssid = one.Ssid ?? point?.Ssid ?? "", Security = point?.Security ?? default };
        if ((point?.FrequencyMhz ?? one.FrequencyMhz) is { } frequency) joined.FrequencyMhz = frequency;
        return joined;
    }
}
