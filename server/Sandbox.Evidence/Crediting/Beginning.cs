namespace Sandbox.Evidence.Crediting;

/// <summary>What earlier enrolments of the same machine mean for what is changed on it under this one.</summary>
public enum Beginning
{
    /// <summary>There was none: it counts.</summary>
    First,

    /// <summary>It was enrolled before for somebody else alone: it counts with a reservation.</summary>
    SomebodyElses,

    /// <summary>It was enrolled before for the same person, and an administrator let this device take that one's place: it counts with a reservation.</summary>
    Replaced,

    /// <summary>It was enrolled before for the same person, who may have left it wrong: it counts for nothing.</summary>
    Again,
}

/// <summary>Says how a device began. Judgement and pages ask here, so that they cannot differ.</summary>
public static class Beginnings
{
    /// <summary>How a device began.</summary>
    /// <param name="others">Devices with the same hardware.</param>
    public static Beginning Of(IEnumerable<SameMachine> others)
    {
        var earlier = others.Where(other => other.IsEarlier).ToList();
        if (earlier.Count == 0) return Beginning.First;
        if (!earlier.Exists(other => other.IsOwners)) return Beginning.SomebodyElses;
        // One is enough: who lets the machine begin anew vouches for how it stands then, whatever it was before.
        return earlier.Exists(other => other.WasReplaced) ? Beginning.Replaced : Beginning.Again;
    }
}
