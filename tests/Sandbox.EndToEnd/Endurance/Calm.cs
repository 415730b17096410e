using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>The state in which all machines end, so that it can be seen when everything has arrived.</summary>
internal static class Calm
{
    private const int Days = 90;
    private const string Name = "calm";

    // Opening the store takes more than a look at it.
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(1);

    /// <summary>Puts a machine's files into it.</summary>
    public static void Put(MachineFiles files)
    {
        files.SetMaxDays(Days);
        files.Write("etc/os-release", $"PRETTY_NAME=\"{Name}\"\nID=debian\n");
        files.Write("etc/shadow", $"root:*:19700:0:99999:7:::\nelif:!:19700:0:{Days}:7:::\n");
    }

    /// <summary>Waits until the store has it of every device.</summary>
    public static Task ArrivesAsync(Lab lab, TimeSpan within, CancellationToken ct) => Patience.UntilAsync("Every machine's last state is stored", within, async () =>
    {
        await Task.Delay(BetweenQuestions, TimeProvider.System, ct);
        return (await StoredLab.ReadAsync(lab, ct, withReports: false)).IsCalm;
    }, ct);

    extension(StoredLab stored)
    {
        private bool IsCalm => stored.Devices.All(device => stored.Shows(device.Id));

        private bool Shows(DeviceId device) =>
            stored.FactOf(device, Fact.KindOneofCase.PasswordPolicy)?.PasswordPolicy.DefaultMaxAgeDays == Days
            && stored.FactOf(device, Fact.KindOneofCase.OperatingSystem)?.OperatingSystem.Name == Name
            && stored.FactOf(device, Fact.KindOneofCase.Accounts)?.Accounts.Accounts_.Single(x => x.Name == "elif").MaxDays == Days;
    }
}
