using System.Globalization;
using System.Runtime.InteropServices;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>A fixture's files with the owners and modes that its <c>perms.tsv</c> names (path, mode, uid, gid), since git keeps none of them.</summary>
internal static partial class LaidTree
{
    public static MachineFiles Of(string fixture)
    {
        var machine = new MachineFiles();
        foreach (var line in File.ReadLines(Path.Combine(fixture, "perms.tsv")))
        {
            if (line.Split('\t') is not [var path, var mode, var uid, var gid, ..]) continue;
            var (from, at) = (Path.Combine(fixture, path.TrimStart('/')), machine.At(path.TrimStart('/')));
            if (!File.Exists(from)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            File.Copy(from, at);
            if (Environment.IsPrivilegedProcess) Assert.Equal(0, Chown(at, Number(uid), Number(gid)));
            if (!System.OperatingSystem.IsWindows()) File.SetUnixFileMode(at, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
        return machine;
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint uid, uint gid);
}
