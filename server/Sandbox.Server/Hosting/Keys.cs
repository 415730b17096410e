using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>The keys on which everything rests: the CA's and the evidence log's.</summary>
/// <param name="Authority">Makes every certificate.</param>
/// <param name="Log">Sign the evidence log.</param>
internal sealed record Keys(CertificateAuthority Authority, LogKeys Log) : IDisposable
{
    /// <summary>Key files that others could read until now.</summary>
    public IReadOnlyList<string> Tightened { get; private init; } = [];

    /// <summary>Reads the keys of a data folder, or makes them at the first start; call <see cref="ServerSettings.Save"/> after it.</summary>
    /// <exception cref="SetupException">A key that was there is gone, unreadable or damaged: made anew, nothing would trust it.</exception>
    public static Keys LoadOrCreate(ServerFolders folders, ServerSettings settings, TimeProvider time)
    {
        CaRoll.Recover(folders);
        var again = File.Exists(folders.Settings);
        foreach (var path in new[] { Path.Combine(folders.Pki, "ca.crt"), folders.LogKey })
        {
            if (again && !File.Exists(path))
                throw new SetupException($"{path} is gone. Put it back from a backup: made anew, nothing that exists would trust it. To begin from nothing, move {folders.Root} away.");
        }

        var tightened = KeyModes.Tighten(folders);
        return new Keys(CertificateAuthority.LoadOrCreate(folders, time), new LogKeyFiles(folders).LoadOrCreate(settings.LogOrigin)) { Tightened = tightened };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Log.Dispose();
    }
}
