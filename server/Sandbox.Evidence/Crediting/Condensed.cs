using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// What crediting keeps of facts that list thousands of things: the store has all of it, a device's memory only what rules look at.
/// </summary>
public static class Condensed
{
    /// <summary>Whether less than the whole of a kind is kept.</summary>
    public static bool Is(Fact.KindOneofCase kind) => kind == Fact.KindOneofCase.Software;

    /// <summary>What is kept; the fact itself where it is kept whole.</summary>
    public static Fact Of(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact.KindCase != Fact.KindOneofCase.Software) return fact;
        var few = new Software { Unseen = { fact.Software.Unseen } };
        few.Packages.Capacity = fact.Software.Packages.Count;
        foreach (var package in fact.Software.Packages) few.Packages.Add(Of(package));
        return new Fact { Software = few };
    }

    // Of a dependency it is enough that it is there, and when it came: that tells when updates were made last.
    private static Package Of(Package package)
    {
        var few = new Package { Name = package.Name, InstalledAt = package.InstalledAt };
        if (!package.HasAutomatic) return few;
        few.Automatic = package.Automatic;
        if (package.Automatic) return few;
        few.Version = package.Version;
        if (package.HasRepository) few.Repository = package.Repository;
        return few;
    }
}
