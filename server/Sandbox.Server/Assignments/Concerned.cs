using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage.Assignments;

namespace Sandbox.Server.Assignments;

/// <summary>Whose tasks what happened may have done: those of these people, and those on these devices.</summary>
internal sealed class Concerned
{
    private readonly HashSet<DeviceId> _devices = [];
    private readonly HashSet<Guid> _people = [];
    private bool _everybody;

    /// <summary>Everybody, wherever.</summary>
    public static Concerned Everybody { get; } = new() { _everybody = true };

    /// <summary>Takes in what happened.</summary>
    /// <returns>Whether tasks can be concerned by it.</returns>
    public bool Take(LiveEvent happened)
    {
        if (happened.Missed) return _everybody = true;
        if (happened.Change is not (LiveChange.Facts or LiveChange.Line or LiveChange.Device)) return false;
        if (happened.Device is { } device) _devices.Add(device);
        if (happened.Person is { } person) _people.Add(person);
        return true;
    }

    /// <summary>The tasks among these.</summary>
    public IQueryable<Assignment> Among(IQueryable<Assignment> tasks)
    {
        if (_everybody) return tasks;
        var (devices, people) = (_devices.Select(device => (DeviceId?)device).ToList(), _people.ToList());
        return tasks.Where(task => people.Contains(task.PersonId) || devices.Contains(task.DeviceId));
    }
}
