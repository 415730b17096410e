using Sandbox.Server.Devices;
using Sandbox.Server.People;
using Sandbox.Server.Retention;

namespace Sandbox.Server.Hosting;

/// <summary>The store as commands see it: opened directly, beside a running server.</summary>
internal sealed class CommandStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private CommandStore(ServerFolders folders, ServerSettings settings)
    {
        Settings = settings;
        Folders = folders;
        _services = new ServiceCollection().AddStore(folders, settings).AddRoster().AddRetention().AddDeviceRecords().AddSingleton(TimeProvider.System).AddLogging().BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    /// <summary>What the server remembers.</summary>
    public ServerSettings Settings { get; }

    /// <summary>Where the server keeps its files.</summary>
    public ServerFolders Folders { get; }

    /// <summary>
    /// Whether it is certain that no server gives entries their places and signs: none runs on the folder. On PostgreSQL one may run on another machine, so it is never
    /// certain there.
    /// </summary>
    public bool IsAtRest
    {
        get
        {
            if (Settings.Store != ChosenStore.Sqlite) return false;
            using var free = ServerLock.TryTake(Folders);
            return free is not null;
        }
    }

    /// <summary>A service of the one scope of this command.</summary>
    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>Opens the store of a server that has been set up.</summary>
    /// <exception cref="SetupException">There is none in this folder.</exception>
    public static async Task<CommandStore> OpenAsync(ServerFolders folders, CancellationToken ct)
    {
        var settings = ServerSettings.Load(folders);
        if (settings is null || (settings.Store == ChosenStore.Sqlite && !File.Exists(folders.Database)))
            throw new SetupException($"There is no server in {folders.Root}. Make one with: sandbox-server init, or name its folder with --data DIR.");
        return await OpenAsync(folders, settings, ct);
    }

    /// <summary>Opens the store, making what is missing.</summary>
    public static async Task<CommandStore> OpenAsync(ServerFolders folders, ServerSettings settings, CancellationToken ct)
    {
        var store = new CommandStore(folders, settings);
        await Preparation.DatabaseAsync(store._services, ct);
        return store;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }
}
