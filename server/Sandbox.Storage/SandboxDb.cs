using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Faults;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;
using Sandbox.Storage.Retention;
using Sandbox.Storage.SignOffs;
using Sandbox.Storage.Telemetry;
using Sandbox.Storage.Traffic;

namespace Sandbox.Storage;

/// <summary>The schema. It owns every query but those of the ingest writer.</summary>
public sealed class SandboxDb(DbContextOptions<SandboxDb> options) : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
{
    /// <summary>One-time links.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>Tokens of programs that read the log.</summary>
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    /// <summary>Who works on machines under which account.</summary>
    public DbSet<HeldAccount> HeldAccounts => Set<HeldAccount>();

    /// <summary>What apprentices are trained in, and how long each keeps their records.</summary>
    public DbSet<Programme> Programmes => Set<Programme>();

    /// <summary>How long people's records are to be kept, where something was said of it.</summary>
    public DbSet<KeptRecord> KeptRecords => Set<KeptRecord>();

    /// <summary>Revoked badges of people whose records were erased.</summary>
    public DbSet<ErasedBadge> ErasedBadges => Set<ErasedBadge>();

    /// <summary>Machines.</summary>
    public DbSet<Device> Devices => Set<Device>();

    /// <summary>Names of their hardware.</summary>
    public DbSet<HardwareName> HardwareNames => Set<HardwareName>();

    /// <summary>Which devices are in which groups.</summary>
    public DbSet<GroupMember> DeviceGroups => Set<GroupMember>();

    /// <summary>Accounts that are marked as known to others.</summary>
    public DbSet<StoredMark> CompromiseMarks => Set<StoredMark>();

    /// <summary>Join codes.</summary>
    public DbSet<IssuedCode> Codes => Set<IssuedCode>();

    /// <summary>What was turned away.</summary>
    public DbSet<Refusal> Refusals => Set<Refusal>();

    /// <summary>People with the names that pages show.</summary>
    public IQueryable<NamedPerson> Names => Users.Select(person => new NamedPerson { Id = person.Id, Name = person.DisplayName != "" ? person.DisplayName : person.UserName! });

    /// <summary>Apprentices, locked ones among them.</summary>
    public IQueryable<NamedPerson> Apprentices =>
        from person in Names
        join held in UserRoles on person.Id equals held.UserId
        join role in Roles on held.RoleId equals role.Id
        where role.Name == People.Roles.Apprentice
        select person;

    /// <summary>The one role of a person. Null: none.</summary>
    public Task<string?> RoleOfAsync(Guid person, CancellationToken ct) =>
        (from held in UserRoles where held.UserId == person join role in Roles on held.RoleId equals role.Id select role.Name).SingleOrDefaultAsync(ct);

    /// <summary>High-water marks.</summary>
    public DbSet<Epoch> Epochs => Set<Epoch>();

    /// <summary>Reports as received.</summary>
    public DbSet<StoredReport> Reports => Set<StoredReport>();

    /// <summary>Latest facts.</summary>
    public DbSet<StoredFact> Facts => Set<StoredFact>();

    /// <summary>Gaps.</summary>
    public DbSet<ReportGap> Gaps => Set<ReportGap>();

    /// <summary>Present verdicts.</summary>
    public DbSet<StoredFinding> Findings => Set<StoredFinding>();

    /// <summary>Verdicts that changed.</summary>
    public DbSet<FindingTransition> Transitions => Set<FindingTransition>();

    /// <summary>Evidence.</summary>
    public DbSet<StoredEvidence> Evidence => Set<StoredEvidence>();

    /// <summary>What was decided about lines of people's schedules.</summary>
    public DbSet<SignOff> SignOffs => Set<SignOff>();

    /// <summary>Tasks that mentors gave.</summary>
    public DbSet<Assignment> Assignments => Set<Assignment>();

    /// <summary>Faults that are seeded for them.</summary>
    public DbSet<SeededFault> SeededFaults => Set<SeededFault>();

    /// <summary>What apprentices say to have found.</summary>
    public DbSet<Guess> Guesses => Set<Guess>();

    /// <summary>What was there to see when it was decided.</summary>
    public DbSet<SeenThing> SeenThings => Set<SeenThing>();

    /// <summary>What apprentices did, read or were taught, in words.</summary>
    public DbSet<LearningRecord> LearningRecords => Set<LearningRecord>();

    /// <summary>Entries of the evidence log.</summary>
    public DbSet<LoggedEntry> LogEntries => Set<LoggedEntry>();

    /// <summary>Tiles of its tree.</summary>
    public DbSet<LogTile> LogTiles => Set<LogTile>();

    /// <summary>How far it is: one row.</summary>
    public DbSet<LogHead> LogHeads => Set<LogHead>();

    /// <summary>Those outside who cosign its checkpoints.</summary>
    public DbSet<LogWitness> LogWitnesses => Set<LogWitness>();

    /// <summary>What was done on devices.</summary>
    public DbSet<StoredAct> Acts => Set<StoredAct>();

    /// <summary>What passed network interfaces.</summary>
    public DbSet<StoredTraffic> Traffic => Set<StoredTraffic>();

    /// <summary>Hellos.</summary>
    public DbSet<Sighting> Sightings => Set<Sighting>();

    /// <summary>
    /// Chooses the Identity tables with passkeys. Identity reads this from the services of the application, so every store registers it, and
    /// so does what <c>dotnet ef</c> runs: a command, a test and the server then see one schema.
    /// </summary>
    public static void ChooseIdentityTables(IServiceCollection services) =>
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
        configurationBuilder.Properties<DeviceId>().HaveConversion<DeviceIdBytes>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Invitation>().HasIndex(x => x.TokenHash).IsUnique();
        builder.Entity<ApiToken>(token =>
        {
            token.Property(x => x.Id).ValueGeneratedNever();
            token.HasIndex(x => x.TokenHash).IsUnique();
            token.HasIndex(x => x.PersonId);
        });
        builder.Entity<HeldAccount>(held =>
        {
            held.Property(x => x.Id).ValueGeneratedNever();
            held.HasIndex(x => x.PersonId);
        });
        builder.Entity<Programme>(programme =>
        {
            programme.Property(x => x.Id).ValueGeneratedNever();
            programme.HasIndex(x => x.Name).IsUnique();
            programme.HasData(Programme.First());
        });
        builder.Entity<KeptRecord>().HasKey(x => x.PersonId);
        builder.Entity<ErasedBadge>().HasKey(x => x.Digest);
        builder.Entity<Device>(device =>
        {
            device.HasIndex(x => x.PublicKeyHash).IsUnique();
            device.HasIndex(x => x.OwnerId);
            device.HasIndex(x => x.JudgeAt);
        });
        builder.Entity<HardwareName>(name =>
        {
            name.HasKey(x => new { x.DeviceId, x.Name });
            name.HasIndex(x => x.Name);
        });
        builder.Entity<GroupMember>().HasKey(x => new { x.DeviceId, x.Group });
        builder.Entity<StoredMark>(mark =>
        {
            mark.Property(x => x.Id).ValueGeneratedNever();
            mark.HasIndex(x => x.DeviceId);
        });
        builder.Entity<IssuedCode>().HasIndex(x => x.TokenHash).IsUnique();
        builder.Entity<Epoch>().HasKey(x => new { x.DeviceId, x.Id });
        builder.Entity<StoredReport>(report =>
        {
            report.Property(x => x.Id).ValueGeneratedNever();
            report.HasIndex(x => new { x.DeviceId, x.Epoch, x.Sequence }, "IX_Reports_Signed").HasFilter("\"Signature\" IS NOT NULL");
        });
        builder.Entity<StoredAct>(act =>
        {
            act.HasKey(x => new { x.DeviceId, x.Id });
            act.HasIndex(x => new { x.DeviceId, x.OccurredAt });
        });
        builder.Entity<StoredTraffic>().HasKey(x => new { x.DeviceId, x.Span, x.Slot, x.Interface });
        builder.Entity<StoredFact>().HasKey(x => new { x.DeviceId, x.Kind });
        builder.Entity<ReportGap>().HasIndex(x => x.DeviceId);
        builder.Entity<StoredFinding>().HasKey(x => new { x.DeviceId, x.Rule, x.Subject });
        builder.Entity<FindingTransition>().HasIndex(x => new { x.DeviceId, x.Id });
        builder.Entity<Sighting>().HasIndex(x => new { x.DeviceId, x.Id });
        builder.Entity<StoredEvidence>(evidence =>
        {
            evidence.Property(x => x.Id).ValueGeneratedNever();
            evidence.HasIndex(x => x.DeviceId);
            evidence.HasIndex(x => new { x.PersonId, x.Line });
        });
        builder.Entity<SignOff>(decision =>
        {
            decision.Property(x => x.Id).ValueGeneratedNever();
            decision.HasIndex(x => new { x.PersonId, x.Line, x.Column, x.Number }).IsUnique();
        });
        builder.Entity<Assignment>(assignment =>
        {
            assignment.Property(x => x.Id).ValueGeneratedNever();
            assignment.HasIndex(x => new { x.PersonId, x.Line });
            assignment.HasIndex(x => x.Until, "IX_Assignments_Open").HasFilter("\"CompletedAt\" IS NULL AND \"WithdrawnAt\" IS NULL");
        });
        builder.Entity<SeededFault>(fault =>
        {
            fault.Property(x => x.Id).ValueGeneratedNever();
            fault.HasIndex(x => x.AssignmentId);
            fault.HasIndex(x => x.DeviceId);
            fault.HasIndex(x => x.DueAt, "IX_SeededFaults_Open").HasFilter("\"SettledAt\" IS NULL");
        });
        builder.Entity<Guess>(guess =>
        {
            guess.Property(x => x.Id).ValueGeneratedNever();
            guess.HasIndex(x => x.AssignmentId);
        });
        builder.Entity<SeenThing>().HasKey(x => new { x.SignOffId, x.ThingId });
        builder.Entity<LearningRecord>(record =>
        {
            record.Property(x => x.Id).ValueGeneratedNever();
            record.HasIndex(x => new { x.PersonId, x.Line });
            record.HasIndex(x => x.FileHash).HasFilter("\"FileHash\" IS NOT NULL");
        });
        builder.Entity<LoggedEntry>(entry =>
        {
            entry.HasIndex(x => x.LeafIndex).IsUnique();
            entry.HasIndex(x => x.Id, "IX_LogEntries_Pending").HasFilter("\"LeafIndex\" IS NULL");
            entry.HasIndex(x => x.SubjectId).HasFilter("\"SubjectId\" IS NOT NULL");
            entry.HasIndex(x => new { x.DeviceId, x.Id });
        });
        builder.Entity<LogTile>().HasKey(x => new { x.Level, x.Index });
        builder.Entity<LogHead>().Property(x => x.Id).ValueGeneratedNever();
        builder.Entity<LogWitness>().HasKey(x => x.Name);
    }

    private sealed class DeviceIdBytes() : ValueConverter<DeviceId, byte[]>(id => id.ToBytes(), bytes => DeviceId.From(bytes));
}
