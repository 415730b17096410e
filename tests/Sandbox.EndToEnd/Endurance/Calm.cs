using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>The state in which all machines end, so that it can be seen when everything has arrived.</summary>
internal static class Calm
{
    private const int Days = 90;
    private const int Length = 16;
    private const string Name = "calm";

    // Opening the store takes more than a look at it.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(1);

    /// <summary>Puts a machine's files into it.</summary>
    public static void Put(MachineFiles files)
    {
        files.SetMaxDays(Days);
        files.SetPasswordDays(Days);
        Edits.SetMinimumLength(files, Length);
        Edits.SetGuest(files, null);
        files.Write("etc/os-release", $"PRETTY_NAME=\"{Name}\"\nID=debian\n");
    }

    /// <summary>Waits until the store has it of every device, and the log has a place for all that is to be stated of it.</summary>
    public static async Task ArrivesAsync(Lab lab, TimeSpan within, CancellationToken ct)
    {
        await AskAsync("Every machine's last state is stored", stored => stored.Devices.All(device => stored.Shows(device.Id)));
        await AskAsync("What became of every piece of evidence is stated", stored => stored.Evidence.All(row => row.LoggedRevision == row.Revision));
        await Patience.UntilAsync("Every entry of the log has its place", within, () => lab.Count("select count(*) from \"LogEntries\" where \"LeafIndex\" is null") == 0, ct);

        Task AskAsync(string what, Func<StoredLab, bool> holds) => Patience.UntilAsync(what, within, async () =>
        {
            await Task.Delay(BetweenQuestions, TimeProvider.System, ct);
            return holds(await StoredLab.ReadAsync(lab, ct, whole: false));
        }, ct);
    }

    extension(StoredLab stored)
    {
        private bool Shows(DeviceId device) =>
            stored.FactOf(device, Fact.KindOneofCase.PasswordPolicy)?.PasswordPolicy is { DefaultMaxAgeDays: Days, ConfiguredMinLength: Length }
            && stored.FactOf(device, Fact.KindOneofCase.OperatingSystem)?.OperatingSystem.Name == Name
            && stored.FactOf(device, Fact.KindOneofCase.Accounts)?.Accounts.Accounts_ is { Count: 2 } accounts
            && accounts.Single(x => x.Name == "elif").MaxDays == Days;
    }
}
