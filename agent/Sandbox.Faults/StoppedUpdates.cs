using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>clamav-freshclam.service, which fetches definitions of malware, is stopped and disabled.</summary>
internal sealed class StoppedUpdates(Tree tree, Programs programs) : IFault
{
    private const string Unit = "clamav-freshclam.service";
    private static readonly string[] Folders = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    public FaultName Name => FaultName.AntivirusUpdatesStopped;

    private bool IsInstalled => Folders.Any(folder => tree.Has($"{folder}/{Unit}"));

    public async ValueTask<Outlook> LookAsync(ReadOnlyMemory<byte> id, CancellationToken ct)
    {
        if (!IsInstalled) return new Outlook.Impossible($"there is no {Unit}");
        var (enabled, active) = await StateAsync(ct);
        return (enabled, active) == ("enabled", "active")
            ? new Outlook.Possible(Unit, "enabled and running", "disabled and stopped")
            : new Outlook.Impossible($"{Unit} is {enabled} and {active}, not enabled and running");
    }

    public async ValueTask ApplyAsync(FaultRecord record, CancellationToken ct) => await programs.RunAsync("systemctl", ["disable", "--now", Unit], ct);

    // Either half of it is the fault; who enabled and started it again has repaired it, and who masked or removed it meant something else.
    public async ValueTask<bool> IsThereAsync(FaultRecord record, CancellationToken ct) => IsInstalled && await StateAsync(ct) is var (enabled, active) && enabled != "masked" && (enabled == "disabled" || active == "inactive");

    public async ValueTask UndoAsync(FaultRecord record, CancellationToken ct) => await programs.RunAsync("systemctl", ["enable", "--now", Unit], ct);

    private async Task<(string Enabled, string Active)> StateAsync(CancellationToken ct)
    {
        var (enabled, active) = (await programs.AskAsync("systemctl", ["is-enabled", Unit], ct), await programs.AskAsync("systemctl", ["is-active", Unit], ct));
        return enabled.Length == 0 || active.Length == 0 ? throw new IOException($"systemctl does not say how {Unit} stands") : (enabled, active);
    }
}
