using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>How a rule takes the places that set something.</summary>
/// <param name="Configured">What is written counts, and not what the program makes of it (<c>value: configured</c>).</param>
/// <param name="Conflicts">Each place must say what is demanded, though one of them wins (<c>strict_conflicts</c>).</param>
/// <param name="Explicit">Some place must say it: a default that happens to be right is not enough (<c>require_explicit</c>).</param>
internal sealed record Strictness(bool Configured = false, bool Conflicts = false, bool Explicit = false)
{
    /// <summary>What is in force decides, wherever it comes from.</summary>
    public static Strictness None { get; } = new();

    /// <summary>In words, to follow what is demanded; empty where nothing is asked of the places.</summary>
    public string Words => string.Concat(Configured ? ", as it is written" : "", Conflicts ? ", in every place that sets it" : "", Explicit ? ", and set somewhere" : "");

    /// <summary>What becomes of an opinion that would pass. Others stay what they are.</summary>
    /// <param name="opinion">The opinion on the value.</param>
    /// <param name="setting">The setting. Null: the device says nothing of it.</param>
    /// <param name="demand">What each place must say.</param>
    public Opinion TakenIn(Opinion opinion, ConfiguredSetting? setting, ValueDemand demand)
    {
        if (opinion.Verdict != Verdict.Pass) return opinion;
        if (Explicit && !IsSet(setting)) return opinion with { Verdict = Verdict.Fail, Reason = "nothing sets it: it is the program's own default" };
        return Conflict(setting, demand) is { } conflict ? conflict with { Observed = opinion.Observed } : opinion;
    }

    /// <summary>The opinion on the first place that says something else than what is demanded. Null: there is none, or one may.</summary>
    public Opinion? Conflict(ConfiguredSetting? setting, ValueDemand demand)
    {
        if (!Conflicts || setting is null) return null;
        foreach (var place in setting.Definitions)
            if (!demand.Meets(place.Value)) return new Opinion(Verdict.Fail, place.Value, $"{place.Path} line {place.Line} says {(place.Value.Length == 0 ? "nothing" : place.Value)}");
        return null;
    }

    private static bool IsSet(ConfiguredSetting? setting)
    {
        if (setting is null) return false;
        foreach (var place in setting.Definitions)
            if (!place.HasCondition) return true;
        return false;
    }
}
