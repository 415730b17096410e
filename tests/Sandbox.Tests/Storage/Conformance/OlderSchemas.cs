using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Tests.Storage.Conformance;

/// <summary>What becomes of a database that an older build made, on both stores.</summary>
public sealed class OlderSchemas
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, ClassData<BothStores>]
    public async Task The_one_name_that_was_known_of_a_hardware_is_kept(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var (known, _) = (await store.EnrolAsync(), await store.EnrolAsync());
        await using var db = store.Open();
        var migrations = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(migrations[migrations.FindIndex(id => id.EndsWith("_HardwareNames", StringComparison.Ordinal)) - 1], Ct);
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Devices" SET "HardwareId" = 'board 7' WHERE "Id" = {0}""", [known.Id.ToBytes()], Ct);

        await db.Database.MigrateAsync(Ct);

        var name = await db.HardwareNames.SingleAsync(Ct);
        Assert.Equal((known.Id, "board 7"), (name.DeviceId, name.Name));
        Assert.Equal(2, await db.Devices.CountAsync(Ct));
    }

    [Theory, ClassData<BothStores>]
    public async Task What_the_log_stated_of_evidence_is_not_stated_again_and_what_it_did_not_still_is(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        await using var db = store.Open();
        var migrations = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(migrations[migrations.FindIndex(id => id.EndsWith("_Attribution", StringComparison.Ordinal)) - 1], Ct);
        foreach (var (target, state, logged) in new[] { ("stated", 1, (int?)1), ("waits", 1, 0), ("new", 0, null) })
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO "Evidence" ("Id", "DeviceId", "PersonId", "Line", "Act", "Target", "State", "Grade", "GradeReason", "After", "ReportId", "ChangedAt", "NotedAt", "StateSince", "LoggedState")
                VALUES ({0}, {1}, {2}, '1.3', 'policy.mended', {3}, {4}, 1, '', '', 1, 0, 0, 0, {5})
                """, [Guid.NewGuid(), device.Id.ToBytes(), Guid.NewGuid(), target, state, logged!], Ct);

        await db.Database.MigrateAsync(Ct);

        var rows = await db.Evidence.AsNoTracking().ToDictionaryAsync(x => x.Target, Ct);
        Assert.Equal((true, false, false), (rows["stated"].LoggedRevision == rows["stated"].Revision, rows["waits"].LoggedRevision == rows["waits"].Revision, rows["new"].LoggedRevision == rows["new"].Revision));
    }

    [Theory, ClassData<BothStores>]
    public async Task How_long_an_older_verdict_was_unseen_is_not_known_and_not_0(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        await using var db = store.Open();
        var migrations = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(migrations[migrations.FindIndex(id => id.EndsWith("_SignOffs", StringComparison.Ordinal))], Ct);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "Findings" ("DeviceId", "Rule", "Subject", "Verdict", "Severity", "Expected", "Since", "LastVerified", "Policy")
            VALUES ({0}, 'password.history', '', 1, 1, '5', 0, 9000000, 'lab-default/1')
            """, [device.Id.ToBytes()], Ct);

        await db.Database.MigrateAsync(Ct);

        Assert.Null((await db.Findings.SingleAsync(Ct)).LongestGapMs);
        Assert.Null(Assert.Single(device.Read().Findings).LongestGapMs);
    }

    [Theory, ClassData<BothStores>]
    public async Task What_had_held_was_seen_an_hour_and_a_day_later_and_never_after_a_restart(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        var device = await store.EnrolAsync();
        await using var db = store.Open();
        var migrations = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(migrations[migrations.FindIndex(id => id.EndsWith("_FaultsScopesAndLooks", StringComparison.Ordinal)) - 1], Ct);
        foreach (var (target, state) in new[] { ("held", 1), ("watched", 0) })
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO "Evidence" ("Id", "DeviceId", "PersonId", "Line", "Act", "Target", "State", "Grade", "GradeReason", "After", "ReportId", "ChangedAt", "NotedAt", "StateSince", "Revision")
                VALUES ({0}, {1}, {2}, '1.3', 'policy.mended', {3}, {4}, 1, '', '', 1, 0, 0, 86400000000, 0)
                """, [Guid.NewGuid(), device.Id.ToBytes(), Guid.NewGuid(), target, state], Ct);

        await db.Database.MigrateAsync(Ct);

        var rows = await db.Evidence.AsNoTracking().ToDictionaryAsync(x => x.Target, Ct);
        var day = DateTimeOffset.UnixEpoch.AddDays(1);
        Assert.Equal((day, day, null), (rows["held"].SeenAfterHour!.Value, rows["held"].SeenAfterDay!.Value, rows["held"].SeenAfterRestart));
        Assert.Equal((null, null), (rows["watched"].SeenAfterHour, rows["watched"].SeenAfterDay));
    }

    [Theory, ClassData<BothStores>]
    public async Task No_step_to_a_newer_schema_leaves_its_transaction_so_a_server_that_is_killed_in_it_starts_again(StoreKind kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind);
        await using var db = store.Open();
        var (steps, sql, models) = (db.GetService<IMigrationsAssembly>(), db.GetService<IMigrationsSqlGenerator>(), db.GetService<IModelRuntimeInitializer>());

        foreach (var (id, type) in steps.Migrations)
        {
            var step = steps.CreateMigration(type, db.Database.ProviderName!);
            var commands = sql.Generate(step.UpOperations, models.Initialize(step.TargetModel));
            Assert.Equal([], commands.Where(command => command.TransactionSuppressed).Select(command => $"{id}: {command.CommandText}"));
        }
    }
}
