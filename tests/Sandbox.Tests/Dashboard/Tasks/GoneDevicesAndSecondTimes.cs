using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server.Assignments;
using Sandbox.Storage.Devices;

namespace Sandbox.Tests.Dashboard.Tasks;

/// <summary>Tasks whose device is gone, and those that somebody has already.</summary>
public sealed class GoneDevicesAndSecondTimes : TasksTest
{
    [Theory]
    [InlineData(DeviceState.Retired, "lab-24 was retired"), InlineData(DeviceState.Revoked, "lab-24 was revoked")]
    public async Task A_task_on_a_device_that_goes_out_of_service_is_closed_and_says_why(DeviceState state, string why)
    {
        var device = await DeviceAsync("lab-24", Apprentice);
        var (there, anywhere) = (await GivenAsync("user-account", ("device", $"{device.Id}")), await GivenAsync("user-account"));
        await Server.InStoreAsync(db => db.Devices.Where(row => row.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), Ct));

        await LookAsync();
        await LookAsync();

        Assert.Null((await OneAsync(anywhere.Id)).WithdrawnAt);
        using var apprentice = await AsApprenticeAsync();
        var page = await apprentice.ReadAsync($"/assignments/{there.Id}");
        Assert.Contains($"by itself: {why}", page, StringComparison.Ordinal);
        var said = Assert.Single(await SaidAsync(), said => said.What == "withdrawn");
        Assert.Equal((false, true), (said.HasSaidBy, said.Words.StartsWith(why, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_done_before_its_device_went_stays_done()
    {
        var device = await DeviceAsync("lab-25", Apprentice);
        var task = await GivenAsync("user-account", ("device", $"{device.Id}"));
        await Server.InStoreAsync(db => db.Assignments.ExecuteUpdateAsync(set => set.SetProperty(a => a.CompletedAt, Server.Time.GetUtcNow()), Ct));
        await Server.InStoreAsync(db => db.Devices.Where(row => row.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeviceState.Retired), Ct));

        await Server.InStoreAsync(async db =>
        {
            await using var scope = Server.App.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AssignmentBook>().CloseOnGoneDevicesAsync(Concerned.Everybody, Ct);
            return 0;
        });

        Assert.Null((await OneAsync(task.Id)).WithdrawnAt);
    }

    [Fact]
    public async Task The_same_open_task_is_given_to_the_same_person_once_more_only_when_that_is_said()
    {
        await GivenAsync("user-account", ("target", "trainee"));
        using var mentor = await AsMentorAsync();
        (string, string)[] same = [("person", $"{Apprentice.Id}"), ("target", " trainee")];

        var answer = await GiveAsync(mentor, "user-account", same);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Contains("is open already for Elif Yilmaz", page, StringComparison.Ordinal);
        Assert.Contains("name=\"once-more\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await GiveAsync(mentor, "user-account", [.. same, ("once-more", "yes")])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await GiveAsync(mentor, "user-account", [("person", $"{Apprentice.Id}"), ("target", "another")])).StatusCode);
        Assert.Equal(3, (await SaidAsync()).Count);
    }
}
