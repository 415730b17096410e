using System.Runtime.InteropServices;

namespace Sandbox.Server.Pki;

/// <summary>The last step of a file that is written under another name first, where one of its own name must not be replaced.</summary>
internal static partial class NewName
{
    private const int Exists = 17;

    /// <summary>Gives a whole file its name, and takes the one that it had meanwhile; one that cannot be taken stays beside it, and the file has its name all the same.</summary>
    /// <returns>False: a file of that name is there, and nothing was done.</returns>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static bool TryGive(string beside, string path)
    {
        // File.Move looks first and renames then, and between the two another one may come; link(2) does both at once.
        if (!OperatingSystem.IsWindows())
        {
            if (Link(beside, path) == 0)
            {
                Forget(beside);
                return true;
            }
            if (Marshal.GetLastPInvokeError() == Exists) return false;
        }
        try
        {
            // On Windows nothing is replaced by that; elsewhere it is for file systems without hard links.
            File.Move(beside, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void Forget(string beside)
    {
        try
        {
            File.Delete(beside);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A second name of the same file.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);
}
