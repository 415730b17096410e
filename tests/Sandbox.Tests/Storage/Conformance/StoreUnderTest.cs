using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Storage.Postgres;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>A real store with this build's schema and nothing in it.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    /// <summary>The instant that everything here begins with.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore? _sqlite;

    private StoreUnderTest(TemporaryStore? sqlite, ServiceProvider services) => (_sqlite, Services) = (sqlite, services);

    public ServiceProvider Services { get; }

    /// <summary>The way of reports.</summary>
    public IIngestStore Ingest => Services.GetRequiredService<IIngestStore>();

    public static async Task<StoreUnderTest> CreateAsync(StoreKind kind)
    {
        if (kind == StoreKind.Sqlite)
        {
            var sqlite = await TemporaryStore.CreateAsync();
            return new StoreUnderTest(sqlite, sqlite.Services);
        }

        var address = await SharedPostgres.NewDatabaseAsync();
        return new StoreUnderTest(null, new ServiceCollection().AddPostgresStore(address).BuildServiceProvider());
    }

    public SandboxDb Open() => Services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContext();

    public async Task<T> AskAsync<T>(Func<SandboxDb, Task<T>> question)
    {
        await using var db = Open();
        return await question(db);
    }

    /// <summary>A device that has no stream yet.</summary>
    public async Task<StoredDevice> EnrolAsync(Action<Device>? change = null)
    {
        var device = new Device
        {
            Id = DeviceId.New(),
            Name = "lab-" + Guid.NewGuid().ToString("N")[..8],
            OwnerId = Guid.NewGuid(),
            EnrolledAt = Start,
            StateChangedAt = Start,
            PublicKey = RandomNumberGenerator.GetBytes(91),
            PublicKeyHash = RandomNumberGenerator.GetBytes(32),
            CurrentSerial = RandomNumberGenerator.GetBytes(16),
            CertificateExpiresAt = Start.AddDays(14),
        };
        change?.Invoke(device);
        await using var db = Open();
        db.Devices.Add(device);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return new StoredDevice(Ingest, device.Id, device.CurrentSerial, RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>Somebody in a role.</summary>
    public async Task PersonAsync(Guid id, string name, string role)
    {
        await using var db = Open();
        var known = await db.Roles.FirstOrDefaultAsync(r => r.Name == role, TestContext.Current.CancellationToken);
        if (known is null) db.Roles.Add(known = new IdentityRole<Guid>(role) { Id = Guid.NewGuid(), NormalizedName = role.ToUpperInvariant() });
        db.Users.Add(new Person { Id = id, UserName = name, NormalizedUserName = name.ToUpperInvariant() });
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = known.Id });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sqlite is not null) await _sqlite.DisposeAsync();
        else await Services.DisposeAsync();
    }
}
