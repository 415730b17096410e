using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Evidence.Assignments;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;
using Sandbox.Protocol;
using Sandbox.Server;
using Sandbox.Server.Hosting;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;
using Sandbox.Storage.SignOffs;
using Sandbox.Tests.Dashboard;

namespace Sandbox.EndToEnd.Pages;

/// <summary>The real server in this process with a lab that has everything a page can show; one for all tests of pages.</summary>
public sealed class PagesServer : IAsyncLifetime
{
    private const string Proof = "lab-c0042-copy at 192.0.2.18 has another report 812 than the one that lab-c0042 at 192.0.2.17 sent.";
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-pages-").FullName;
    private Keys? _keys;

    internal WebApplication App { get; private set; } = null!;

    internal string Url { get; private set; } = "";

    /// <summary>The cookies of people who signed in, by name.</summary>
    internal Dictionary<string, string> Sessions { get; } = [];

    internal Device Troubled { get; private set; } = null!;

    internal Device Healthy { get; private set; } = null!;

    internal Device Unheard { get; private set; } = null!;

    /// <summary>A device in quarantine, with two places that it was heard from.</summary>
    internal Device Copied { get; private set; } = null!;

    /// <summary>A machine that the same apprentice enrolled before.</summary>
    internal Device Again { get; private set; } = null!;

    /// <summary>A machine that an administrator let begin anew.</summary>
    internal Device Anew { get; private set; } = null!;

    /// <summary>A machine that somebody else enrolled before.</summary>
    internal Device Passed { get; private set; } = null!;

    /// <summary>A piece of evidence that held, with all it rests on.</summary>
    internal StoredEvidence Held { get; private set; } = null!;

    internal StoredEvidence Nobodys { get; private set; } = null!;

    /// <summary>A task that she has.</summary>
    internal Assignment Given { get; private set; } = null!;

    /// <summary>The apprentice with lines in every state.</summary>
    internal Person Elif { get; private set; } = null!;

    internal LiveFeed Feed => App.Services.GetRequiredService<LiveFeed>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var folders = new ServerFolders(_folder);
        var settings = new ServerSettings { Host = "localhost", WebPort = 0, AgentPort = 0, LogOrigin = "sandbox.test/pages" };
        _keys = Keys.LoadOrCreate(folders, settings, TimeProvider.System);
        App = Composition.Build(folders, settings, _keys, TimeProvider.System);
        await Preparation.DatabaseAsync(App.Services, default);
        App.Services.GetRequiredService<ServerCertificate>().For(settings.Host);
        await InStoreAsync(SeedAsync);
        await StoreAsync(SeedEvidenceAsync);
        await StoreAsync(SeedLinesAsync);
        await StoreAsync(SeedCopiesAsync);
        await StoreAsync(SeedAgainAsync);
        var bound = await Listening.StartAsync(App, settings, default);
        Url = $"https://localhost:{bound.Web}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _keys?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The server has packages until this is disposed.</summary>
    internal IDisposable WithPackages()
    {
        var folder = Directory.CreateDirectory(new ServerFolders(_folder).Packages);
        File.WriteAllText(Path.Combine(folder.FullName, "SHA256SUMS"), "");
        return new Gone(folder);
    }

    private sealed class Gone(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }

    internal async Task InStoreAsync(Func<LabSeed, Task> seed)
    {
        await using var db = await App.Services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync();
        await seed(new LabSeed(db, TimeProvider.System.GetUtcNow()));
    }

    internal async Task StoreAsync(Func<SandboxDb, Task> change)
    {
        await using var db = await App.Services.GetRequiredService<IDbContextFactory<SandboxDb>>().CreateDbContextAsync();
        await change(db);
    }

    private async Task SeedAsync(LabSeed lab)
    {
        await lab.PersonAsync("admin", "Mara Kessler", Roles.Admin);
        await lab.PersonAsync("mina", "Mina Kaya", Roles.Mentor);
        await lab.PersonAsync("otto", "Otto Brandt", Roles.Auditor);
        string[] names = ["Elif Yılmaz", "Ben Fischer", "Amara Okafor", "Noor Haddad"];
        var people = new List<Person>();
        foreach (var name in names) people.Add(await lab.PersonAsync(name.Split(' ')[0].ToLowerInvariant(), name, Roles.Apprentice));
        var open = App.Services.GetRequiredService<OpenStreams>();
        for (var i = 0; i < 14; i++)
        {
            var device = await lab.DeviceAsync($"lab-{(char)('a' + i % 5)}{i + 1:0000}", people[i % people.Count], d => Age(d, i, lab.Now));
            if (i is not (3 or 11)) open.Open(device.Id);
            if (i == 12) Unheard = device;
            if (i == 12) continue;
            if (i == 0) Healthy = device;
            await lab.FactsAsync(device, SampleFacts.All(lab.Now));
            if (i == 6) Troubled = device;
            if (i is 6 or 7) await lab.TrafficAsync(device, hours: i == 6 ? 1 : 24, received: 4e6, sent: 6e5);
            if (i is 6 or 9) await TroubleAsync(lab, device);
        }

        await lab.RefusedAsync(Reason.CodeExpired, "The code 5f2a81c0 for Ben Fischer ended 20 minutes before it was used.");
    }

    private async Task SeedEvidenceAsync(SandboxDb db)
    {
        var seed = new EvidenceSeed(db, TimeProvider.System.GetUtcNow());
        var elif = await db.Users.SingleAsync(p => p.UserName == "elif");
        var ben = await db.Users.SingleAsync(p => p.UserName == "ben");
        var amara = await db.Users.SingleAsync(p => p.UserName == "amara");
        Held = await seed.MendedAsync(elif, "lab-07");
        await seed.DoneAsync(Held, elif, "elif");
        await seed.MendedAsync(ben, "lab-08", EvidenceState.Watched);
        await seed.DoneAsync(Nobodys = await seed.MendedAsync(ben, "lab-10", EvidenceState.Watched), null, "stranger");
        foreach (var (person, kind, value) in new[] { (elif, HolderKind.Account, "elif"), (amara, HolderKind.Account, "amara"), (amara, HolderKind.Account, "lab"), (ben, HolderKind.Account, "lab"), (amara, HolderKind.Account, "trainee3"), (amara, HolderKind.Key, "SHA256:tccDu9Xy0Q2mZc1vB7nL4kJ8hG5fD3sA9pO6iU2yT1e") })
            db.HeldAccounts.Add(new HeldAccount { Id = Guid.NewGuid(), PersonId = person.Id, Kind = kind, Value = value, From = TimeProvider.System.GetUtcNow().AddDays(-3), Until = value == "trainee3" ? TimeProvider.System.GetUtcNow().AddDays(-1) : null });
        foreach (var (name, days) in new[] { ("nightly pull of the sponsor", 60), ("an experiment", -2) })
            db.ApiTokens.Add(new ApiToken { Id = Guid.NewGuid(), PersonId = elif.Id, Name = name, TokenHash = System.Text.Encoding.UTF8.GetBytes(name), CreatedAt = TimeProvider.System.GetUtcNow().AddDays(-30), ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(days) });
        await db.SaveChangesAsync();
        await seed.MendedAsync(ben, "lab-09", EvidenceState.Undone, said => said.Chain = null);
    }

    // Elif's lines: ready, signed, returned and revoked, with records in both columns.
    private async Task SeedLinesAsync(SandboxDb db)
    {
        var now = TimeProvider.System.GetUtcNow();
        Elif = await db.Users.SingleAsync(p => p.UserName == "elif");
        var mina = await db.Users.SingleAsync(p => p.UserName == "mina");
        var ben = await db.Users.SingleAsync(p => p.UserName == "ben");
        foreach (var (person, line, column, source, summary) in new[]
        {
            (Elif, "1.3", LineColumn.Ri, "City college: Linux administration", null), (Elif, "7.4", LineColumn.Ojt, "Admins' evening, talk on certificates", "How certificates expire unseen.\nWe should alert on the days that are left.\nI asked the speaker what they use."),
            (Elif, "2.1", LineColumn.Ojt, "Help desk, three afternoons", "Took eleven calls; the notes are in the ticket system."), (ben, "1.3", LineColumn.Ri, "City college: Linux administration", null),
        })
            db.LearningRecords.Add(new LearningRecord
            {
                Id = Guid.NewGuid(), PersonId = person.Id, Line = line, Column = column, Day = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-4)), Source = source, Minutes = column == LineColumn.Ri ? 750 : null, Summary = summary,
                FileName = column == LineColumn.Ri ? "certificate.pdf" : null, FileSize = column == LineColumn.Ri ? 81_204 : null, FileHash = column == LineColumn.Ri ? System.Security.Cryptography.SHA256.HashData([1]) : null, EnteredAt = now.AddDays(-3), EnteredBy = person.Id,
            });
        foreach (var (line, column, number, kind, words) in new[]
        {
            ("1.1", LineColumn.Ri, 1, DecisionKind.SignedOff, null), ("2.1", LineColumn.Ojt, 1, DecisionKind.Returned, "Show me one of the tickets, and say how you found the fault."),
            ("7.1", LineColumn.Ojt, 1, DecisionKind.SignedOff, "Explained the interval to me."), ("7.1", LineColumn.Ojt, 2, DecisionKind.Revoked, "That was on the wrong machine."),
        })
            db.SignOffs.Add(new SignOff { Id = Guid.NewGuid(), PersonId = Elif.Id, Line = line, Column = column, Number = number, Kind = kind, At = now.AddDays(-2).AddMinutes(number), ById = mina.Id, Words = words });
        foreach (var (template, person, device) in new[] { ("password-interval", Elif, Healthy), ("user-account", ben, null), ("licences", Elif, null) })
        {
            var of = AssignmentTemplate.Find(template)!;
            var given = new Assignment
            {
                Id = Guid.NewGuid(), PersonId = person.Id, Template = of.Id, Line = of.Line, Title = of.Title, DeviceId = device?.Id, Target = of.Id == "user-account" ? "trainee7" : null, Rules = device is null ? "" : "password.max_age_days", ByRecord = of.Id == "licences",
                From = now.AddDays(-1), Until = now.AddDays(of.Id == "licences" ? -0.5 : 6), Words = "The ticket is 4711.", GivenBy = mina.Id, GivenAt = now.AddDays(-1), CompletedAt = of.Id == "licences" ? now.AddHours(-14) : null,
            };
            db.Assignments.Add(given);
            if (device is not null) Given = given;
        }

        await db.SaveChangesAsync();
    }

    private async Task SeedCopiesAsync(SandboxDb db)
    {
        var owner = await db.Users.SingleAsync(p => p.UserName == "noor");
        Copied = await new LabSeed(db, TimeProvider.System.GetUtcNow()).DeviceAsync("lab-c0042", owner, d => (d.State, d.StateReason) = (DeviceState.Quarantined, Proof));
        for (byte i = 0; i < 2; i++)
            db.Sightings.Add(new Sighting
            {
                DeviceId = Copied.Id, At = Copied.EnrolledAt.AddDays(8 + i), Session = 1 + i, Peer = $"192.0.2.{17 + i}", HostName = i == 0 ? "lab-c0042" : "lab-c0042-copy",
                BootId = [.. Enumerable.Repeat((byte)(0x5a + i), 16)], Epoch = [.. Enumerable.Repeat((byte)(0xc1 + i), 16)], Serial = [1],
            });
        await db.SaveChangesAsync();
    }

    private async Task SeedAgainAsync(SandboxDb db)
    {
        var lab = new LabSeed(db, TimeProvider.System.GetUtcNow());
        var (elif, ben) = (await db.Users.SingleAsync(p => p.UserName == "elif"), await db.Users.SingleAsync(p => p.UserName == "ben"));
        await MachineAsync("lab-r0021", elif, "board 21", days: 30);
        Again = await MachineAsync("lab-r0021-again", elif, "board 21", days: 3);
        var old = await MachineAsync("lab-r0022-old", elif, "board 22", days: 30);
        Anew = await MachineAsync("lab-r0022", elif, "board 22", days: 3);
        await db.Devices.Where(row => row.Id == old.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReplacedBy, Anew.Id)
            .SetProperty(row => row.State, DeviceState.Retired).SetProperty(row => row.StateReason, $"replaced by {Anew.Id}"));
        await MachineAsync("lab-r0023", ben, "board 23", days: 30);
        Passed = await MachineAsync("lab-r0023-elif", elif, "board 23", days: 3);

        async Task<Device> MachineAsync(string name, Person owner, string board, int days)
        {
            var device = await lab.DeviceAsync(name, owner, row => row.EnrolledAt = lab.Now.AddDays(-days));
            var machine = SampleFacts.Machine();
            machine.Hardware.SystemUuid = board;
            await lab.FactsAsync(device, machine, SampleFacts.Policy());
            db.ChangeTracker.Clear();
            db.HardwareNames.Add(new HardwareName { DeviceId = device.Id, Name = $"dmi:{board}" });
            await db.SaveChangesAsync();
            return await db.Devices.SingleAsync(row => row.Id == device.Id);
        }
    }

    private static void Age(Device device, int i, DateTimeOffset now)
    {
        if (i is 3 or 11) device.LastSeenAt = now.AddHours(-i);
        if (i == 12) device.LastSeenAt = now.AddSeconds(-40);
        if (i == 8) device.ClockOffsetMs = 190_000;
    }

    private static async Task TroubleAsync(LabSeed lab, Device device)
    {
        await lab.FactsAsync(device, SampleFacts.Policy(minLength: 8, maxAge: 99999));
        await lab.GapAsync(device, Gap.Types.Cause.SpoolFull, 812, 840);
    }
}
