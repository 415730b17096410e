using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>Held while a server runs on a data folder, so that there is never a second one.</summary>
internal sealed class ServerLock : IDisposable
{
    private readonly FileStream _file;

    private ServerLock(FileStream file) => _file = file;

    /// <summary>Makes the data folder when it is missing, and takes it. Null: another process holds it.</summary>
    /// <exception cref="SetupException">The folder cannot be made or written.</exception>
    public static ServerLock? TryTake(ServerFolders folders)
    {
        var path = Path.Combine(folders.Root, "server.lock");
        try
        {
            DurableFile.MakeFolder(folders.Root);
            return new ServerLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw NotWritable(folders);
        }
        catch (IOException fault)
        {
            if (File.Exists(path) && Directory.Exists(folders.Root)) return null;
            throw new SetupException($"The data folder {folders.Root} cannot be made: {fault.Message} Choose another with --data DIR.");
        }
    }

    /// <inheritdoc cref="TryTake"/>
    /// <exception cref="SetupException">Another server holds it.</exception>
    public static ServerLock Take(ServerFolders folders) => TryTake(folders)
        ?? throw new SetupException($"Another server already runs on {folders.Root}. Stop it first, or give this one its own folder with --data DIR.");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SetupException NotWritable(ServerFolders folders) => new(
        $"The data folder {folders.Root} is not writable for the user {Environment.UserName}. Choose another with --data DIR, or type: sudo chown -R {Environment.UserName} {folders.Root}");
}
