using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Agent;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

/// <summary>The files of a device that is enrolled.</summary>
internal sealed class EnrolledDevice : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="trusted">The CA that the device trusts.</param>
    /// <param name="address">Its server.</param>
    /// <param name="issuer">Who issued its certificate; the trusted CA unless given.</param>
    /// <param name="from">When the certificate begins.</param>
    public EnrolledDevice(LabAuthority trusted, string address, LabAuthority? issuer = null, DateTimeOffset? from = null)
    {
        Folders = new AgentFolders(_folder.Path);
        Directory.CreateDirectory(Folders.Root);
        using var key = (ECDsa)DeviceKey.LoadOrCreate(Folders.Key);
        File.WriteAllText(Folders.CaCertificate, trusted.Certificate.ExportCertificatePem());
        File.WriteAllText(Folders.Certificate, (issuer ?? trusted).Device(new PublicKey(key), from, from?.AddDays(14)).ExportCertificatePem());
        new EnrolmentRecord(address, Device.ToString(), "bench", LabAuthority.Now).Write(Folders.Enrolment);
        Identity = DeviceIdentity.Load(Folders);
    }

    public static DeviceId Device { get; } = DeviceId.New();

    public AgentFolders Folders { get; }

    public DeviceIdentity Identity { get; }

    public void Dispose()
    {
        Identity.Dispose();
        _folder.Dispose();
    }
}
