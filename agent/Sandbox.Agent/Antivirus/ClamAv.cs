using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>ClamAV: the daemon's own word, the databases' own headers, and what renews them.</summary>
internal sealed class ClamAv(RootFolder root, RunningPrograms programs, UnseenNotes unseen)
{
    private const string UsualDatabases = "/var/lib/clamav";
    private const string UsualSocketFolder = "run/clamav";
    private const int MostProblems = 20;
    private static readonly string[] Daemons = ["usr/sbin/clamd", "usr/bin/clamd", "usr/local/sbin/clamd"];
    private static readonly string[] Scanners = ["usr/bin/clamscan", "usr/local/bin/clamscan"];

    /// <summary>Files and folders whose change matters; those that the settings name are looked up when the agent starts.</summary>
    public static IReadOnlyList<string> Watches(RootFolder root)
    {
        var conf = ClamConf.Read(root, ClamConf.Daemon, new UnseenNotes([]));
        var databases = conf?.First("DatabaseDirectory") ?? UsualDatabases;
        var socket = Path.GetDirectoryName(conf?.First("LocalSocket"));
        return
        [
            .. Daemons, .. Scanners, .. ClamConf.Daemon, .. ClamConf.Updater,
            databases.TrimStart('/'), string.IsNullOrEmpty(socket) ? UsualSocketFolder : socket.TrimStart('/'),
        ];
    }

    /// <summary>Null: it is not installed.</summary>
    public async ValueTask<AntivirusProduct?> ReadAsync(CancellationToken ct)
    {
        var (daemon, scanner) = (Daemons.Any(root.Has), Scanners.Any(root.Has));
        if (!daemon && !scanner) return null;
        var product = new AntivirusProduct { Name = "ClamAV" };
        var conf = ClamConf.Read(root, ClamConf.Daemon, unseen);
        var folder = conf?.First("DatabaseDirectory") ?? UsualDatabases;
        var databases = DatabaseFolder.Read(root, folder, conf?.IsOn("OfficialDatabaseOnly") == true, unseen, ct);
        if (databases is not null) Describe(product, folder, databases);
        ClamdAnswer? answer = null;
        if (daemon) answer = await new ClamdDaemon(root, programs, unseen).DescribeAsync(product, conf, ct);
        else OnlyByHand(product);
        Definitions(product, databases, answer);
        new Freshclam(root, programs, unseen).Describe(product);
        OnAccess(product);
        if (conf is not null) Settings(product, conf, folder);
        while (product.Problems.Count > MostProblems) product.Problems.RemoveAt(MostProblems);
        return product;
    }

    private static void OnlyByHand(AntivirusProduct product)
    {
        product.Running = false;
        product.Problems.Add("There is no clamd: files are scanned only when somebody calls clamscan. Install it: sudo apt-get install clamav-daemon");
    }

    private static void Describe(AntivirusProduct product, string folder, DatabaseFolder databases)
    {
        product.Databases.AddRange(databases.Files);
        product.IgnoredSignatures = databases.Ignored;
        if (databases.Signatures is { } signatures) product.Signatures = signatures;
        if (databases.Signatures == 0) product.Problems.Add($"It has no definitions: {folder} holds none, so it can find nothing. Fetch them: sudo freshclam");
    }

    private static void Definitions(AntivirusProduct product, DatabaseFolder? databases, ClamdAnswer? answer)
    {
        var newest = databases?.Daily;
        if (newest is not null) product.DefinitionsOnDisk = Number(newest.Version);
        if (answer?.Definitions is { } loaded)
        {
            product.DefinitionsLoaded = Number(loaded);
            product.DefinitionsBuiltAt = databases?.DailyOf(loaded)?.BuiltAt ?? Local(answer.BuiltAt);
            if (newest is not null && newest.Version != loaded)
                product.Problems.Add($"It works with definitions {Number(loaded)}, while {Number(newest.Version)} lie on the disk: it is about to load them, or could not.");
        }
        else if (answer is null) product.DefinitionsBuiltAt = newest?.BuiltAt;
        else if (newest is not null) product.Problems.Add($"It has not loaded the definitions on the disk ({newest.File}, {Number(newest.Version)}).");
        else if (product.Signatures > 0) product.Problems.Add("It works without ClamAV's daily definitions, with other databases only. Fetch them: sudo freshclam");
        if (newest is { Official: false })
            product.Problems.Add($"{newest.File} is not signed: anybody who may write there can make old definitions look new. Fetch signed ones: sudo freshclam");
    }

    // clamd prints local time; its database is gone from the disk only between fetching and loading the next one.
    private static Timestamp? Local(DateTime? built)
    {
        if (built is not { } local || TimeZoneInfo.Local.IsInvalidTime(local)) return null;
        return TimeZoneInfo.ConvertTimeToUtc(local, TimeZoneInfo.Local).ToTimestamp();
    }

    private void OnAccess(AntivirusProduct product)
    {
        var watching = programs.Has("clamonacc");
        if (watching == false || product is { HasRunning: true, Running: false }) product.RealTime = false;
        else if (watching == true && product.HasRunning) product.RealTime = true;
    }

    private void Settings(AntivirusProduct product, ClamConf conf, string folder)
    {
        string[] names = ["ExcludePath", "OnAccessExcludePath", "OnAccessExcludeUname", "OnAccessExcludeUID"];
        product.Exclusions = (uint)(names.Sum(name => conf.All(name).Count()) + (conf.IsOn("OnAccessExcludeRootUID") ? 1 : 0));
        if (conf.First("TCPSocket") is not null && !conf.All("TCPAddr").Any())
            product.Problems.Add($"clamd takes orders from the whole network, shutdown among them (TCPSocket without TCPAddr). Add to {conf.Path}: TCPAddr 127.0.0.1");
        if (ClamConf.Read(root, ClamConf.Updater, unseen)?.First("DatabaseDirectory") is { } fetched && fetched.TrimEnd('/') != folder.TrimEnd('/'))
            product.Problems.Add($"freshclam writes to {fetched}, and clamd reads {folder}: what is fetched is never used. Make DatabaseDirectory the same in both files.");
    }

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
