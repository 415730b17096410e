using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>That a machine was enrolled before stands on the device's page, as crediting takes it.</summary>
public sealed class EarlierNotices : PagesTest
{
    private const string Uuid = "4c4c4544-0042-3510-8054-b7c04f565433";

    [Fact]
    public async Task A_machine_that_was_enrolled_before_by_the_same_person_counts_for_nothing_and_the_page_says_so()
    {
        var first = await MachineAsync("lab-07", Apprentice, days: 20);
        var again = await MachineAsync("lab-07-b", Apprentice, days: 2);

        var page = await ReadAsMentorAsync(again);

        Assert.Contains("data-beginning=\"again\"", page, StringComparison.Ordinal);
        Assert.Contains("counts for nothing here", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/devices/{first.Id}\">lab-07</a>", page, StringComparison.Ordinal);
        Assert.Contains($"sandbox-server devices replace {again.Id.ToString()[..8]}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_enrolment_says_nothing_of_it()
    {
        var first = await MachineAsync("lab-07", Apprentice, days: 20);
        await MachineAsync("lab-07-b", Apprentice, days: 2);

        Assert.DoesNotContain("data-beginning", await ReadAsMentorAsync(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_somebody_else_had_before_counts_with_a_reservation()
    {
        var ben = await SeedAsync(lab => lab.PersonAsync("ben", "Ben Fischer", Roles.Apprentice));
        var first = await MachineAsync("of-ben", ben, days: 20);
        var later = await MachineAsync("of-elif", Apprentice, days: 2);

        var page = await ReadAsMentorAsync(later);

        Assert.Contains("data-beginning=\"somebodyelses\"", page, StringComparison.Ordinal);
        Assert.Contains("counts with a reservation", page, StringComparison.Ordinal);
        Assert.Contains($"/devices/{first.Id}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_hears_of_it_without_the_name_of_somebody_elses_device()
    {
        var ben = await SeedAsync(lab => lab.PersonAsync("ben", "Ben Fischer", Roles.Apprentice));
        var first = await MachineAsync("of-ben", ben, days: 20);
        var later = await MachineAsync("of-elif", Apprentice, days: 2);
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync($"/devices/{later.Id}");

        Assert.Contains("for somebody else", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of-ben", page, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Id.ToString(), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_who_enrolled_twice_is_shown_the_own_first_device_and_no_command()
    {
        var first = await MachineAsync("lab-07", Apprentice, days: 20);
        var again = await MachineAsync("lab-07-b", Apprentice, days: 2);
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync($"/devices/{again.Id}");

        Assert.Contains($"/devices/{first.Id}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("devices replace", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_an_administrator_let_begin_anew_counts_with_a_reservation()
    {
        var heir = await MachineAsync("lab-07", Apprentice, days: 2);
        await MachineAsync("lab-07-old", Apprentice, days: 20, device => device.ReplacedBy = heir.Id);

        var page = await ReadAsMentorAsync(heir);

        Assert.Contains("data-beginning=\"replaced\"", page, StringComparison.Ordinal);
        Assert.Contains("an administrator let this device take its place", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copied_machine_id_makes_no_machine_one()
    {
        await MachineAsync("lab-07", Apprentice, days: 20, uuid: Uuid);
        var other = await MachineAsync("lab-08", Apprentice, days: 2, uuid: "4c4c4544-0042-3510-8054-000000000000");

        Assert.DoesNotContain("data-beginning", await ReadAsMentorAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mentors_own_machine_earns_nothing_anyway()
    {
        await MachineAsync("of-mara", Mentor, days: 20);

        Assert.DoesNotContain("data-beginning", await ReadAsMentorAsync(await MachineAsync("of-mara-b", Mentor, days: 2)), StringComparison.Ordinal);
    }

    private async Task<string> ReadAsMentorAsync(Device device)
    {
        using var mentor = await AsMentorAsync();
        return await mentor.ReadAsync($"/devices/{device.Id}");
    }

    private async Task<Device> MachineAsync(string name, Person owner, int days, Action<Device>? change = null, string uuid = Uuid)
    {
        var device = await DeviceAsync(name, owner, row =>
        {
            row.EnrolledAt = Server.Time.GetUtcNow().AddDays(-days);
            change?.Invoke(row);
        });
        await FactsAsync(
            device, new Fact { Hardware = new Hardware { SystemUuid = uuid } }, new Fact { OperatingSystem = new Protocol.OperatingSystem { MachineId = "9f8e" } });
        await Server.InStoreAsync(db =>
        {
            db.HardwareNames.AddRange(
                new HardwareName { DeviceId = device.Id, Name = $"dmi:{uuid}" }, new HardwareName { DeviceId = device.Id, Name = "machine-id:9f8e" });
            return db.SaveChangesAsync();
        });
        return device;
    }
}
