using System.Security.Cryptography;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Packages;

/// <summary>The one command that makes another machine of the lab a device.</summary>
internal sealed class InstallCommand(PackageFolder folder, Addresses addresses, ServerSettings settings, ServerCertificate certificate)
{
    /// <summary>
    /// What to type there. A new machine does not know the lab's CA, so curl is to leave certificates aside (-k) and to compare the server's key with
    /// this pin instead. Null: there are no packages.
    /// </summary>
    public string? Line => folder.HasPackages ? $"curl -fsSk --pinnedpubkey '{Pin}' {Server}/install | sudo sh" : null;

    /// <summary>Where the packages are, without a slash at the end.</summary>
    public string Server => addresses.Page("");

    /// <summary>Of the key in the certificate that is shown now, as <c>curl --pinnedpubkey</c> takes it. A certificate that is made anew has another one.</summary>
    public string Pin => $"sha256//{Convert.ToBase64String(SHA256.HashData(certificate.For(settings.Host).PublicKey.ExportSubjectPublicKeyInfo()))}";
}
