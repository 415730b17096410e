using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>Microsoft Defender for Endpoint on Linux, by the word of its own program.</summary>
internal sealed class DefenderForEndpoint(RootFolder root, RunningPrograms programs, UnseenNotes unseen, TimeProvider time)
{
    private const string Installed = "opt/microsoft/mdatp";
    private const string Command = "mdatp health --output json";
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    private string Start => ServiceStart.ForGood(root, "it", "mdatp");

    public static IReadOnlyList<string> Watches { get; } = [Installed, "etc/opt/microsoft/mdatp/managed"];

    /// <summary>Null: it is not installed.</summary>
    /// <param name="program">Null: it cannot be asked, since the root folder is not the running system.</param>
    /// <param name="ct">Cancels the question.</param>
    public async ValueTask<AntivirusProduct?> ReadAsync(MdatpProgram? program, CancellationToken ct)
    {
        if (!root.Has(Installed)) return null;
        var product = new AntivirusProduct { Name = "Microsoft Defender for Endpoint" };
        if (programs.Has("wdavdaemon") == false)
        {
            (product.Running, product.RealTime) = (false, false);
            product.Problems.Add($"Its daemon wdavdaemon does not run. {Start}");
        }
        else if (program is null) unseen.Add(Why.Of(Command, "only the running system can be asked"));
        else await AskAsync(product, program, ct);
        return product;
    }

    private async ValueTask AskAsync(AntivirusProduct product, MdatpProgram program, CancellationToken ct)
    {
        var (printed, why) = await program.HealthAsync(ct);
        if (printed is not null && MdatpHealth.Parse(printed) is { } health) Describe(product, health);
        else
        {
            product.Running = false;
            product.Problems.Add($"It does not tell how it fares: {Command}: {(printed is null ? why : "it prints something else")}. {Start}");
        }
    }

    private void Describe(AntivirusProduct product, MdatpHealth health)
    {
        product.Running = true;
        if (health.Text("appVersion") is { } version) product.Version = version;
        if (health.Text("definitionsVersion") is { } definitions) product.DefinitionsLoaded = definitions;
        if (health.Text("definitionsStatus") is { } state) product.State = state;
        if (health.Flag("automaticDefinitionUpdateEnabled") is { } updates) product.UpdateScheduled = updates;
        if (product.UpdateScheduled) product.UpdateSources.Add("its own automatic updates");
        RealTime(product, health);
        Updated(product, health);
        Problems(product, health);
    }

    private static void RealTime(AntivirusProduct product, MdatpHealth health)
    {
        var passive = health.Flag("passiveModeEnabled");
        if (health.Flag("realTimeProtectionEnabled") is { } enabled)
            product.RealTime = enabled && passive != true && health.Flag("realTimeProtectionAvailable") != false;
        if (passive == true) product.Problems.Add("It is in passive mode: it scans only when it is told to.");
    }

    // Where it has never fetched any, some versions count the minutes from 1970: such an age must not pass for a date, nor a date for an age.
    private void Updated(AntivirusProduct product, MdatpHealth health)
    {
        if (health.Number("definitionsUpdated") is not { } milliseconds) return;
        var updated = milliseconds is > 0 and < 253_402_300_799_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        if (updated.Year < 2015)
        {
            product.Problems.Add("It has never fetched definitions. Fetch them: mdatp definitions update");
            return;
        }

        var age = health.Number("definitionsUpdatedMinutesAgo");
        if (age is < 0 or > 500_000_000 || (age is { } minutes && (time.GetUtcNow().AddMinutes(-minutes) - updated).Duration() > Tolerance))
            product.Problems.Add("It contradicts itself on when it fetched definitions (definitions_updated, definitions_updated_minutes_ago), so that is not known.");
        else product.DefinitionsUpdatedAt = DateTimeOffset.FromUnixTimeSeconds(updated.ToUnixTimeSeconds()).ToTimestamp();
    }

    private static void Problems(AntivirusProduct product, MdatpHealth health)
    {
        if (product is { HasRealTime: true, RealTime: false }) product.Problems.Add("Its real-time protection is off. Switch it on: mdatp config real-time-protection --value enabled");
        if (health.Flag("licensed") == false) product.Problems.Add("It is not licensed: this machine is not onboarded.");
        foreach (var issue in health.Texts("healthIssues")) product.Problems.Add($"It says of itself: {issue}.");
        if (health.Flag("healthy") == false && health.Texts("healthIssues").Count == 0) product.Problems.Add("It says of itself that it is not healthy.");
        foreach (var other in health.Texts("conflictingApplications")) product.Problems.Add($"It conflicts with {other}.");
        if (product is { HasUpdateScheduled: true, UpdateScheduled: false }) product.Problems.Add("Its automatic updates of definitions are off.");
    }
}
