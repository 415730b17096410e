using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Sandbox.Server.People;

/// <summary>The keys that cookies are sealed with: files in a folder that only the server's user enters.</summary>
internal static class CookieKeys
{
    public static void KeepIn(KeyManagementOptions keys, ServerFolders folders)
    {
        var folder = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folders.CookieKeys)
            : Directory.CreateDirectory(folders.CookieKeys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        keys.XmlRepository = new FileSystemXmlRepository(folder, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
    }
}
