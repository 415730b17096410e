using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Dashboard;

/// <summary>A test with a running server and a mentor, an apprentice and their devices in its store.</summary>
public abstract class PagesTest : IAsyncLifetime
{
    private protected RunningServer Server { get; private set; } = null!;

    private protected Person Mentor { get; private set; } = null!;

    private protected Person Apprentice { get; private set; } = null!;

    private protected LiveFeed Feed => Server.App.Services.GetRequiredService<LiveFeed>();

    private protected OpenStreams Streams => Server.App.Services.GetRequiredService<OpenStreams>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        await SeedAsync(async lab =>
        {
            Mentor = await lab.PersonAsync("mara", "Mara Kessler", Roles.Mentor);
            Apprentice = await lab.PersonAsync("elif", "Elif Yilmaz", Roles.Apprentice);
            return 0;
        });
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    private protected Task<T> SeedAsync<T>(Func<LabSeed, Task<T>> seed) => Server.InStoreAsync(db => seed(new LabSeed(db, Server.Time.GetUtcNow())));

    private protected Task<Device> DeviceAsync(string name, Person owner, Action<Device>? change = null) => SeedAsync(lab => lab.DeviceAsync(name, owner, change));

    private protected Task FactsAsync(Device device, params IReadOnlyList<Sandbox.Protocol.Fact> facts) => SeedAsync(async lab =>
    {
        await lab.FactsAsync(device, facts);
        return 0;
    });

    private protected async Task<string> LinkAsync(Person person, TimeSpan life)
    {
        await using var scope = Server.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Invitations>().CreateAsync(person.Id, life, by: null, TestContext.Current.CancellationToken);
    }

    private protected Task<Visitor> AsMentorAsync() => Visitor.SignedInAsync(Server, "mara");

    /// <summary>Somebody else in a role, signed in.</summary>
    private protected async Task<Visitor> AsAsync(string role)
    {
        await SeedAsync(lab => lab.PersonAsync($"some-{role}", $"Some {role}", role));
        return await Visitor.SignedInAsync(Server, $"some-{role}");
    }

    private protected Task<Visitor> AsApprenticeAsync() => Visitor.SignedInAsync(Server, "elif");
}
