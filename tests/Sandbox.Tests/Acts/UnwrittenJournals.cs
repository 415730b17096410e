using System.Globalization;

namespace Sandbox.Tests.Acts;

/// <summary>A folder for the journal is no journal.</summary>
public sealed class UnwrittenJournals : IDisposable
{
    private const string Folder = $"var/log/journal/{ActMachine.MachineId}";
    private readonly ActMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("var/log/journal"), InlineData(Folder), InlineData("run/log/journal")]
    public void An_empty_folder_is_as_good_as_none(string folder)
    {
        using var other = new ActMachine();
        var without = NoJournal(other);
        _machine.Files.WithFolder(folder);

        Assert.True(without);
        Assert.True(NoJournal(_machine));
    }

    [Theory]
    [InlineData("var/log/journal"), InlineData("run/log/journal")]
    public void A_file_that_journald_writes_is_one(string folder)
    {
        Journal($"{folder}/{ActMachine.MachineId}");

        Assert.False(NoJournal(_machine));
    }

    [Fact]
    public void What_journald_left_behind_before_this_start_of_the_machine_is_none()
    {
        Journal(Folder);
        _machine.Files.With("proc/stat", string.Create(CultureInfo.InvariantCulture, $"cpu 1 2 3\nbtime {TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}\n"));

        Assert.True(NoJournal(_machine));
    }

    private static bool NoJournal(ActMachine machine)
    {
        machine.Restart();
        return machine.Fact()!.Unseen.Any(one => one.Why.Contains("no journal either", StringComparison.Ordinal));
    }

    private void Journal(string folder)
    {
        _machine.Files.WithFolder(folder);
        File.WriteAllBytes(_machine.Files.At($"{folder}/system.journal"), ActMachine.RecordedJournal());
    }
}
