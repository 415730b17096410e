using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Server;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;

namespace Sandbox.Tests.ServerHost;

/// <summary>A data folder in which a server has been set up; a copy of one that was made once, so that tests are quick.</summary>
internal sealed class ServerFolder : IDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private ServerFolder(string data)
    {
        Data = data;
        Folders = new ServerFolders(data);
    }

    /// <summary>What --data names.</summary>
    public string Data { get; }

    public ServerFolders Folders { get; }

    public static ServerFolder Empty() => new(Directory.CreateTempSubdirectory("sandbox-server-").FullName);

    public static async Task<ServerFolder> ReadyAsync()
    {
        var folder = Empty();
        Copy(await Template.Value, folder.Folders.Root);
        return folder;
    }

    public void Dispose() => Directory.Delete(Data, recursive: true);

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = Empty();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var settings = new ServerSettings { Host = "localhost", WebPort = 0, AgentPort = 0, LogOrigin = "localhost/evidence" };
        using var alone = ServerLock.Take(folder.Folders);
        using var keys = Keys.LoadOrCreate(folder.Folders, settings, TimeProvider.System);
        settings.Save(folder.Folders);
        new ServerCertificate(keys.Authority, folder.Folders, TimeProvider.System, NullLogger<ServerCertificate>.Instance).For(settings.Host);
        await using (await CommandStore.OpenAsync(folder.Folders, settings, CancellationToken.None))
        {
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return folder.Folders.Root;
    }

    private static void Copy(string from, string to)
    {
        DurableFile.MakeFolder(to);
        foreach (var file in Directory.GetFiles(from).Where(x => !x.EndsWith("server.lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
