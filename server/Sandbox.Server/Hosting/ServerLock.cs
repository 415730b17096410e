using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>Held while a server runs on a data folder, so that there is never a second one.</summary>
internal sealed class ServerLock : IDisposable
{
    private readonly FileStream _file;

    private ServerLock(FileStream file) => _file = file;

    /// <summary>Makes the data folder when it is missing, and takes it. Null: another process holds it.</summary>
    /// <exception cref="SetupException">The folder cannot be made or written.</exception>
    public static ServerLock? TryTake(ServerFolders folders) => TryTake(folders.Root, "server.lock");

    /// <summary>The same for another folder that has one process at most.</summary>
    public static ServerLock? TryTake(string root, string name)
    {
        var path = Path.Combine(root, name);
        try
        {
            DurableFile.MakeFolder(root);
            return new ServerLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw NotWritable(root);
        }
        catch (IOException fault)
        {
            if (File.Exists(path) && Directory.Exists(root)) return null;
            throw new SetupException($"The data folder {root} cannot be made: {fault.Message} Choose another with --data DIR.");
        }
    }

    /// <inheritdoc cref="TryTake(ServerFolders)"/>
    /// <exception cref="SetupException">Another server holds it.</exception>
    public static ServerLock Take(ServerFolders folders) => TryTake(folders)
        ?? throw new SetupException($"Another server already runs on {folders.Root}. Stop it first, or give this one its own folder with --data DIR.");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SetupException NotWritable(string root) => new(
        $"The data folder {root} is not writable for the user {Environment.UserName}. Choose another with --data DIR, or type: sudo chown -R {Environment.UserName} {root}");
}
