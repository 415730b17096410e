using System.Diagnostics;
using System.Security.Cryptography;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>What can become of a file.</summary>
public enum Damage
{
    /// <summary>A pipe that nobody writes to: opening it for reading waits for ever.</summary>
    Pipe,

    /// <summary>A folder where a file is expected, and the other way round.</summary>
    OtherKind,

    /// <summary>A link to itself.</summary>
    Circle,

    /// <summary>Bytes that mean nothing, line ends among them.</summary>
    Junk,

    /// <summary>Half of what it said, cut in the middle of a line.</summary>
    Half,

    /// <summary>One line of 50 MB.</summary>
    EndlessLine,

    /// <summary>Nothing in it.</summary>
    Empty,
}

/// <summary>Does that to a file.</summary>
internal static class DamageExtensions
{
    private const int Endless = 50_000_000;

    public static void DoTo(this Damage damage, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var before = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var wasFolder = Directory.Exists(path) && File.ResolveLinkTarget(path, false) is null;
        if (wasFolder) Directory.Delete(path, recursive: true);
        else File.Delete(path);
        switch (damage)
        {
            case Damage.Pipe: MakePipe(path); break;
            case Damage.OtherKind when wasFolder: File.WriteAllText(path, "x"); break;
            case Damage.OtherKind: Directory.CreateDirectory(Path.Combine(path, "below")); break;
            case Damage.Circle: File.CreateSymbolicLink(path, path); break;
            case Damage.Junk: File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(20_000)); break;
            case Damage.Half: File.WriteAllBytes(path, before[..(before.Length / 2)]); break;
            case Damage.EndlessLine: WriteEndless(path); break;
            default: File.WriteAllBytes(path, []); break;
        }
    }

    private static void MakePipe(string path)
    {
        using var mkfifo = Process.Start("/usr/bin/mkfifo", [path]);
        mkfifo.WaitForExit();
    }

    // Sparse: it takes no room on the disk.
    private static void WriteEndless(string path)
    {
        using var file = File.Create(path);
        file.SetLength(Endless);
    }
}
