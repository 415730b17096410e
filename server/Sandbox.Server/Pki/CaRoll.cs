namespace Sandbox.Server.Pki;

/// <summary>
/// The files of a CA that gives way to another. Prepared: <c>ca-next</c> lies beside <c>ca</c>. Switched: <c>ca-next</c> has become <c>ca</c>, and
/// what was <c>ca</c> is <c>ca-before</c>. Finished: <c>ca-before</c> is gone. A switch that a crash cut short is finished at the next start.
/// </summary>
internal static class CaRoll
{
    /// <summary>Name of the present CA's files.</summary>
    public const string Present = "ca";

    /// <summary>Name of the next one's.</summary>
    public const string Next = "ca-next";

    /// <summary>Name of the files of the one before.</summary>
    public const string Before = "ca-before";

    /// <summary>How far a roll-over is.</summary>
    public static CaPhase Phase(ServerFolders folders) =>
        Has(folders, Next) ? CaPhase.Prepared : Has(folders, Before) ? CaPhase.Switched : CaPhase.None;

    /// <summary>Makes the next CA.</summary>
    public static void Prepare(ServerFolders folders, TimeProvider time) => CertificateAuthority.Create(new KeyPairFiles(folders.Pki, Next), time).Dispose();

    /// <summary>Lets the next CA take over.</summary>
    public static void Switch(ServerFolders folders)
    {
        // The certificate last: it is what says that the pair is there.
        Copy(folders, Present, Before);
        Recover(folders);
    }

    /// <summary>Gives the CA of before up: its key is deleted.</summary>
    public static void Finish(ServerFolders folders) => Delete(folders, Before);

    /// <summary>Finishes a switch that was begun.</summary>
    public static void Recover(ServerFolders folders)
    {
        if (!Has(folders, Before) || !Has(folders, Next)) return;
        Copy(folders, Next, Present);
        Delete(folders, Next);
    }

    private static bool Has(ServerFolders folders, string name) => File.Exists(Pair(folders, name).CertificatePath);

    private static void Copy(ServerFolders folders, string from, string to)
    {
        var (source, target) = (Pair(folders, from), Pair(folders, to));
        DurableFile.Write(target.KeyPath, File.ReadAllBytes(source.KeyPath), DurableFile.Secret);
        DurableFile.Write(target.CertificatePath, File.ReadAllBytes(source.CertificatePath), DurableFile.Open);
    }

    private static void Delete(ServerFolders folders, string name)
    {
        File.Delete(Pair(folders, name).CertificatePath);
        File.Delete(Pair(folders, name).KeyPath);
        FolderSync.Flush(folders.Pki);
    }

    private static KeyPairFiles Pair(ServerFolders folders, string name) => new(folders.Pki, name);
}

/// <summary>How far a roll-over of the CA is.</summary>
internal enum CaPhase
{
    /// <summary>There is one CA.</summary>
    None,

    /// <summary>The next one is there, issues devices' certificates, and agents learn of it as they renew.</summary>
    Prepared,

    /// <summary>It has taken over; the one before still counts.</summary>
    Switched,
}
