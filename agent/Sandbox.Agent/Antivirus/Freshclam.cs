using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>Whether ClamAV's definitions renew themselves: freshclam as a daemon, a timer, or cron. What it did is told by the databases' headers alone.</summary>
internal sealed class Freshclam(RootFolder root, RunningPrograms programs, UnseenNotes unseen)
{
    private readonly EnabledUnits _units = new(root);
    private static readonly string[] Timers = ["clamav-freshclam-once.timer", "clamav-freshclam.timer", "freshclam.timer"];
    private static readonly string[] Services = ["clamav-freshclam.service", "freshclam.service"];

    public void Describe(AntivirusProduct product)
    {
        var running = IsDaemon();
        var services = Services.Where(_units.Has).ToList();
        var cron = CronLines.Naming(root, "freshclam", unseen, out var complete);
        IEnumerable<string> sources =
        [
            .. cron, .. Timers.Where(_units.Has), .. running == true ? ["freshclam runs"] : Array.Empty<string>(), .. running is null ? services : [],
        ];
        product.UpdateSources.AddRange(sources.Order(StringComparer.Ordinal));
        if (product.UpdateSources.Count > 0) product.UpdateScheduled = true;
        else if (running == false && complete) NoneFetches(product, services);
    }

    // One that somebody has just called by hand ends when it is done.
    private bool? IsDaemon() => programs.Has("freshclam") switch
    {
        true => programs.Arguments("freshclam").Any(arguments => arguments.Length == 0 || arguments.Any(argument => argument is "-d" or "--daemon" or "--daemon=true")),
        var other => other,
    };

    private void NoneFetches(AntivirusProduct product, List<string> services)
    {
        product.UpdateScheduled = false;
        product.Problems.Add(services.Count > 0
            ? $"{services[0]} is enabled, but freshclam does not run, so nothing fetches new definitions. {ServiceStart.Now(root, "freshclam", services[0])}"
            : $"Nothing fetches new definitions. {ServiceStart.ForGood(root, "freshclam", "clamav-freshclam")}");
    }
}
