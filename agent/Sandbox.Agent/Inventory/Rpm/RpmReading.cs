using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>What one reading of an rpm database gave.</summary>
internal sealed class RpmReading
{
    private const int MostPackages = 100_000;
    private const string PublicKey = "gpg-pubkey";

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

    /// <summary>Reads it from its begin to its end.</summary>
    public static RpmReading Of(Func<IRpmHeaders> open, CancellationToken ct)
    {
        var reading = new RpmReading();
        try
        {
            using var headers = open();
            reading.Read(headers, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            reading.Fault = fault;
        }
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
