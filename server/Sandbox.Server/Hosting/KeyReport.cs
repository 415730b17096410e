using System.Globalization;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>What <c>keys check</c> says.</summary>
internal static class KeyReport
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(365);

    /// <summary>A line for each thing, and whether it must be put right.</summary>
    public static IEnumerable<(string Line, bool Fault)> Of(ServerFolders folders, DateTimeOffset now)
    {
        KeysCommand.RequireServer(folders);
        yield return ($"roll-over of the CA: {Words(CaRoll.Phase(folders))}", false);
        foreach (var name in (string[])[CaRoll.Present, CaRoll.Next, CaRoll.Before])
            if (Authority(folders, name, now) is { } line) yield return line;
        if (!File.Exists(folders.LogKey)) yield return ($"{folders.LogKey} is missing: put it back with sandbox-server keys restore FILE", true);
        foreach (var path in KeyModes.Files(folders))
            yield return KeyModes.IsWide(path) ? ($"{path}: others can read it; the next start tightens it, or type: chmod 600 {path}", true) : ($"{path}: its owner's alone", false);
    }

    private static (string, bool)? Authority(ServerFolders folders, string name, DateTimeOffset now)
    {
        try
        {
            using var certificate = new KeyPairFiles(folders.Pki, name).Load();
            if (certificate is null) return null;
            var end = new DateTimeOffset(certificate.NotAfter);
            var words = string.Create(CultureInfo.InvariantCulture, $"{name}: pin {Convert.ToHexStringLower(CertificateAuthority.PinOf(certificate))}, ends {end:yyyy-MM-dd}, key and certificate fit");
            return end - now > Soon ? (words, false) : ($"{words}; less than a year is left: sandbox-server keys roll ca", true);
        }
        catch (SetupException fault)
        {
            return (fault.Message, true);
        }
    }

    private static string Words(CaPhase phase) => phase switch
    {
        CaPhase.Prepared => "prepared; devices learn of the next one as they renew. Then: sandbox-server keys roll ca --switch",
        CaPhase.Switched => "switched; the one before still counts for devices. Then: sandbox-server keys roll ca --finish",
        _ => "none",
    };
}
