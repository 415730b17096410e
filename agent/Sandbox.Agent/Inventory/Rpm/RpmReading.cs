using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>What one reading of an rpm database gave.</summary>
internal sealed class RpmReading
{
    private const int MostPackages = 100_000;
    private const int MostTries = 3;
    private const string PublicKey = "gpg-pubkey";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Those that were read before it ended, in the database's own order.</summary>
    public List<Package> Packages { get; } = [];

    /// <summary>Entries that are no headers of packages.</summary>
    public int Nonsense { get; private set; }

    /// <summary>More packages than are kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What ended it before its time. Null: nothing.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Somebody wrote into the database meanwhile.</summary>
    public bool IsStale { get; private set; }

    /// <summary>
    /// Reads it from its begin to its end, and again when somebody wrote meanwhile or it ended before its time, which a writer may be the cause of, too.
    /// The last reading counts, and need not be whole: see <see cref="IsStale"/>.
    /// </summary>
    public static async ValueTask<RpmReading> OfAsync(string path, Func<string, CancellationToken, IRpmHeaders> open, CancellationToken ct)
    {
        var reading = Once(path, open, ct);
        for (var tries = 1; tries < MostTries && (reading.IsStale || reading.Fault is not null); tries++)
        {
            // rpm writes in bursts.
            if (reading.IsStale) await Task.Delay(Pause, ct);
            reading = Once(path, open, ct);
        }
        return reading;
    }

    private static RpmReading Once(string path, Func<string, CancellationToken, IRpmHeaders> open, CancellationToken ct)
    {
        var reading = new RpmReading();
        // By its name and before it is opened: that fails, too, when rpm writes meanwhile, and a database made anew takes the name of the old one.
        var before = FileState.Of(path);
        try
        {
            using var headers = open(path, ct);
            reading.Read(headers, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            reading.Fault = fault;
        }
        if (FileState.Of(path) != before) reading.IsStale = true;
        return reading;
    }

    private void Read(IRpmHeaders headers, CancellationToken ct)
    {
        var header = new RpmHeader(new FewWords());
        try
        {
            while (!IsCut && headers.Next())
            {
                ct.ThrowIfCancellationRequested();
                Add(header.Of(headers.Header));
            }
        }
        finally
        {
            IsStale = !headers.IsAsItWas;
        }
    }

    private void Add(Package? package)
    {
        if (package is not { Name.Length: > 0, Version.Length: > 0 }) Nonsense++;
        // rpm keeps the keys that it trusts as packages, too.
        else if (package.Name != PublicKey)
        {
            IsCut = Packages.Count == MostPackages;
            if (!IsCut) Packages.Add(package);
        }
    }
}
