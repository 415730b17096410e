using Sandbox.Evidence;
using Sandbox.Evidence.Policies;

namespace Sandbox.Server.Dashboard.Demands;

/// <summary>The page of the policy that judges.</summary>
public sealed record PolicyView
{
    /// <summary>The policy.</summary>
    public required Policy Policy { get; init; }

    /// <summary>Since when it judges, by the evidence log. Null: the log does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Its rules in their order.</summary>
    public required IReadOnlyList<RuleRow> Rules { get; init; }

    /// <summary>Groups of the devices that this person may see, with how many are in them.</summary>
    public required IReadOnlyDictionary<string, int> Groups { get; init; }

    /// <summary>Lines of the schedule of which devices can show something under it.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Devices in service that this person may see.</summary>
    public required int Devices { get; init; }

    /// <summary>Those of them that have said something, which is judged.</summary>
    public required int Judged { get; init; }

    /// <summary>Those of them that it has not judged yet: when another policy comes into force, all are judged anew in the background.</summary>
    public required int Waiting { get; init; }

    /// <summary>Exemptions that this person may see: an apprentice those for everything and for the own devices.</summary>
    public required IReadOnlyList<Exemption> Exemptions { get; init; }

    /// <summary>Names of the devices that exemptions are for, by id.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>A rule with what it judged.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Demands">What it expects, of every device first, then where it is different.</param>
/// <param name="Verdicts">How many findings there are of each verdict.</param>
/// <param name="Failing">What fails: at most <see cref="MostNamed"/> of it, by device.</param>
public sealed record RuleRow(string Rule, IReadOnlyList<PolicyDemand> Demands, IReadOnlyDictionary<Verdict, int> Verdicts, IReadOnlyList<FailingRow> Failing)
{
    /// <summary>Most failures of a rule that are named.</summary>
    public const int MostNamed = 12;

    /// <summary>How many findings fail.</summary>
    public int Fails => Verdicts.GetValueOrDefault(Verdict.Fail);
}

/// <summary>Something that fails.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Subject">What of it. Empty: the device as a whole.</param>
public sealed record FailingRow(string Device, string Name, string Subject);
