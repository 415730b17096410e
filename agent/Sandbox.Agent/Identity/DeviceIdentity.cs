using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Agent.Uplink;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>Who this device is, as enrolment left it; the certificate changes at renewal, nothing else does.</summary>
internal sealed class DeviceIdentity : IDisposable
{
    private readonly AgentFolders _folders;
    private X509Certificate2 _certificate;
    private X509Certificate2Collection _authorities;

    private DeviceIdentity(AgentFolders folders, EnrolmentRecord record)
    {
        (_folders, Record) = (folders, record);
        Key = DeviceKey.Load(folders.Key);
        _authorities = AuthorityFile.Read(folders.CaCertificate);
        _certificate = Joined(X509Certificate2.CreateFromPem(File.ReadAllText(folders.Certificate)));
        Device = DeviceId.TryParse(record.DeviceId, out var device) ? device : throw Damaged(folders.Enrolment, "its deviceId is not 32 hexadecimal digits");
    }

    public EnrolmentRecord Record { get; }

    public DeviceId Device { get; }

    public AsymmetricAlgorithm Key { get; }

    /// <summary>The only roots of trust: one, and two while the server's CA gives way to another.</summary>
    public X509Certificate2Collection Authorities => Volatile.Read(ref _authorities);

    /// <summary>The current certificate with its key.</summary>
    public X509Certificate2 Certificate => Volatile.Read(ref _certificate);

    /// <summary>Beats when there is a new certificate.</summary>
    public Pulse Renewed { get; } = new();

    /// <summary>Beats when the server says that the certificate has ended, whatever this machine's clock says.</summary>
    public Pulse Expired { get; } = new();

    /// <summary>Reads what enrolment left in the folder.</summary>
    /// <exception cref="SetupException">Not enrolled, or a file is damaged.</exception>
    public static DeviceIdentity Load(AgentFolders folders)
    {
        var record = File.Exists(folders.Certificate) ? EnrolmentRecord.Read(folders.Enrolment) : null;
        if (record is null) throw NotEnrolled(folders);
        try
        {
            return new DeviceIdentity(folders, record);
        }
        catch (CryptographicException fault)
        {
            throw Damaged(folders.Certificate, fault.Message);
        }
        catch (FileNotFoundException fault)
        {
            throw Damaged(fault.FileName ?? folders.Root, "it does not exist");
        }
    }

    /// <summary>Takes the authorities that the server hands out in place of what was known, on disk first; none: no change.</summary>
    /// <exception cref="CryptographicException">One of them is no certificate of an authority.</exception>
    public void Take(IReadOnlyList<ReadOnlyMemory<byte>> authorities)
    {
        if (authorities.Count > 0) Volatile.Write(ref _authorities, AuthorityFile.Write(_folders.CaCertificate, authorities));
    }

    /// <summary>Puts the next certificate in place, on disk first.</summary>
    /// <exception cref="CryptographicException">It is no certificate over this device's key.</exception>
    public void Take(ReadOnlySpan<byte> der)
    {
        var next = Joined(X509CertificateLoader.LoadCertificate(der));
        DurableFile.Replace(_folders.Certificate, System.Text.Encoding.ASCII.GetBytes(next.ExportCertificatePem() + "\n"));
        Volatile.Write(ref _certificate, next);
        Renewed.Beat();
    }

    public void Dispose()
    {
        Key.Dispose();
        foreach (var authority in _authorities) authority.Dispose();
        _certificate.Dispose();
    }

    /// <summary>What to say to somebody whose machine is not enrolled.</summary>
    public static SetupException NotEnrolled(AgentFolders folders) => new(IsClosed(folders.Root)
        ? $"{folders.Root} cannot be read by {Environment.UserName}. Type it with sudo, or name another folder with --data DIR."
        : $"This device is not enrolled: {folders.Certificate} does not exist. If its agent has another folder, name that with --data DIR. "
            + $"Else ask for a join code (an admin types: sandbox-server codes new NAME), then type: {Typed.Agent($"enrol -{folders.DataOption}")}");

    // A file in a folder that this user may not look into seems not to exist.
    private static bool IsClosed(string folder)
    {
        try
        {
            // Below one that it may not look into neither files nor folders seem to exist.
            for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
            {
                if (!Directory.Exists(above)) continue;
                Directory.GetFiles(above);
                return false;
            }
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    private X509Certificate2 Joined(X509Certificate2 certificate)
    {
        using (certificate) return KeyPair.Join(certificate, Key);
    }

    private static SetupException Damaged(string path, string why) =>
        new($"{path} cannot be used: {why}. Move the folder away and enrol again: {Typed.Agent($"enrol -{AgentFolders.Of(path).DataOption}")}");
}
