using System.Globalization;
using Sandbox.Evidence.Assignments;
using Sandbox.Protocol;
using Sandbox.Server.Assignments;
using Sandbox.Server.Faults;

namespace Sandbox.Server.Dashboard.Tasks;

/// <summary>What was typed into the form for a task, so that a refusal loses nothing.</summary>
/// <param name="People">Ids of the apprentices.</param>
/// <param name="Device">Id of the device; empty: any.</param>
/// <param name="Target">The name of what is to be worked on.</param>
/// <param name="From">From when on; empty: from now.</param>
/// <param name="Until">Until before when.</param>
/// <param name="Words">What the mentor adds.</param>
/// <param name="Seed">Id of a fault to be seeded; empty: none.</param>
public sealed record TaskForm(IReadOnlyList<string> People, string Device, string Target, string From, string Until, string Words, string Seed)
{
    /// <summary>Ids of the rules that must pass. Null: none was chosen or left out yet.</summary>
    public IReadOnlyList<string>? Checks { get; init; }

    /// <summary>Whether it is to be given to those as well who have the same one open.</summary>
    public bool OnceMore { get; init; }

    /// <summary>What stands in it at first: a week from now on.</summary>
    public static TaskForm At(DateTimeOffset now, IReadOnlyList<string> people) => new(people, "", "", "", $"{now.UtcDateTime.AddDays(7):yyyy-MM-ddTHH:mm}", "", "");

    /// <summary>What a form says.</summary>
    public static TaskForm Of(IFormCollection form) => new(
        [.. form["person"].OfType<string>()], form["device"].ToString(), form["target"].ToString(), form["from"].ToString().Trim(), form["until"].ToString().Trim(), form["words"].ToString(), form["seed"].ToString())
    {
        OnceMore = form["once-more"] == "yes", Checks = form["checks"] == "chosen" ? [.. form["check"].OfType<string>()] : null,
    };

    /// <summary>The task.</summary>
    /// <exception cref="SetupException">It cannot be read.</exception>
    internal NewAssignment Read(AssignmentTemplate template, DateTimeOffset now) => new(
        template,
        [.. People.Select(id => Guid.TryParse(id, out var person) ? person : throw new SetupException("Choose the apprentices from the list."))],
        Device.Length == 0 ? null : DeviceId.TryParse(Device, out var device) ? device : throw new SetupException("Choose a device, or any."),
        Target, From.Length == 0 ? now : Instant(From), Instant(Until), Words,
        Seed.Length == 0 ? null : FaultChoices.For(template.Line).Where(one => FaultChoices.Id(one) == Seed).Select(one => (FaultName?)one).FirstOrDefault() ?? throw new SetupException("Choose a fault from the list, or none."))
    {
        Checks = Checks,
    };

    private static DateTimeOffset Instant(string typed) =>
        DateTimeOffset.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is > 2000 and < 9000
            ? at
            : throw new SetupException(typed.Length == 0 ? "Say until when it is to be done." : $"'{typed}' is no instant: give a day and a time, such as 2026-11-23T16:00.");
}
