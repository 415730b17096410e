using Sandbox.Protocol;
using Sandbox.Server.Assignments;
using Sandbox.Server.Live;
using Sandbox.Storage.Assignments;

namespace Sandbox.Tests.Dashboard.Tasks;

/// <summary>After a change only the tasks are looked at that it may have done.</summary>
public sealed class ConcernedTasks
{
    private static readonly (Guid Elif, Guid Noor) People = (Guid.NewGuid(), Guid.NewGuid());
    private static readonly (DeviceId Lab, DeviceId Bench) Devices = (DeviceId.New(), DeviceId.New());
    private readonly Concerned _concerned = new();

    [Fact]
    public void A_change_of_a_device_concerns_the_tasks_on_it() => Assert.Equal(["elif on lab"], Of(new LiveEvent(Devices.Lab, LiveChange.Facts, default)));

    [Fact]
    public void A_change_of_somebodys_line_concerns_their_tasks_wherever() =>
        Assert.Equal(["elif on lab", "elif anywhere"], Of(new LiveEvent(null, LiveChange.Line, default) { Person = People.Elif }));

    [Fact]
    public void Several_changes_concern_what_each_of_them_does() =>
        Assert.Equal(["elif on lab", "noor on bench"], Of(new LiveEvent(Devices.Lab, LiveChange.Device, default), new LiveEvent(Devices.Bench, LiveChange.Line, default)));

    [Fact]
    public void After_events_that_were_lost_all_are_looked_at() => Assert.Equal(4, Of(new LiveEvent(null, LiveChange.Log, default, Missed: true)).Count);

    [Theory]
    [InlineData("Log"), InlineData("Seen"), InlineData("People"), InlineData("Connection")]
    public void What_can_do_no_task_concerns_none(string change) => Assert.False(_concerned.Take(new LiveEvent(Devices.Lab, Enum.Parse<LiveChange>(change), default)));

    private List<string> Of(params LiveEvent[] happened)
    {
        foreach (var one in happened) Assert.True(_concerned.Take(one));
        return [.. _concerned.Among(new[] { Task("elif on lab", People.Elif, Devices.Lab), Task("elif anywhere", People.Elif, null), Task("noor on bench", People.Noor, Devices.Bench), Task("noor anywhere", People.Noor, null) }.AsQueryable()).Select(task => task.Title)];
    }

    private static Assignment Task(string title, Guid person, DeviceId? device) => new() { Template = "t", Line = "1.3", Rules = "", Title = title, PersonId = person, DeviceId = device };
}
