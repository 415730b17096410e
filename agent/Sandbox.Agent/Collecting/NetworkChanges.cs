using System.Net.NetworkInformation;

namespace Sandbox.Agent.Collecting;

/// <summary>Hears, until disposed, that an interface or an address came, went, or found or lost its link.</summary>
internal sealed class NetworkChanges : IDisposable
{
    private readonly NetworkAddressChangedEventHandler _address;
    private readonly NetworkAvailabilityChangedEventHandler _availability;

    /// <param name="wake">Called from any thread.</param>
    public NetworkChanges(Action wake)
    {
        (_address, _availability) = ((_, _) => wake(), (_, _) => wake());
        NetworkChange.NetworkAddressChanged += _address;
        NetworkChange.NetworkAvailabilityChanged += _availability;
    }

    public void Dispose()
    {
        NetworkChange.NetworkAddressChanged -= _address;
        NetworkChange.NetworkAvailabilityChanged -= _availability;
    }
}
