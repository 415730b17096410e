namespace Sandbox.Evidence.Policies;

/// <summary>A rule that policies may hold, with what may be demanded of it.</summary>
/// <param name="Id">Such as <c>password.min_length</c>.</param>
/// <param name="Severity">How much a failure matters, unless the policy says otherwise.</param>
/// <param name="Demand">What may stand under <c>expect</c>.</param>
/// <param name="Make">The rules that look at facts: one, or one for the device and one for each account.</param>
internal sealed record RuleKind(string Id, Severity Severity, RuleDemand Demand, Func<RuleSettings, IReadOnlyList<IRule>> Make)
{
    /// <summary>Whether <c>grace_days</c> means something.</summary>
    public bool HasGrace { get; init; }

    /// <summary>Whether <c>value: configured</c> means something: what is written and what is in force may differ.</summary>
    public bool HasValue { get; init; }

    /// <summary>Whether <c>strict_conflicts</c> and <c>require_explicit</c> mean something: places are known that set it.</summary>
    public bool HasPlaces { get; init; }

    /// <summary>Whether <c>scope</c> means something.</summary>
    public bool HasScope { get; init; }
}

/// <summary>What may stand under <c>expect</c>.</summary>
internal sealed record RuleDemand
{
    /// <summary>The words behind <c>op</c>.</summary>
    public required IReadOnlyList<string> Operators { get; init; }

    /// <summary>Smallest number.</summary>
    public long Least { get; init; }

    /// <summary>Greatest number.</summary>
    public long Most { get; init; }

    /// <summary>The words that <c>values</c> may hold. Empty: any.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Numbers with bounds, by the operators that make sense.</summary>
    public static RuleDemand Number(long least, long most, params string[] operators) => new() { Operators = operators, Least = least, Most = most };

    /// <summary>One of several words.</summary>
    public static RuleDemand Word(params string[] words) => new() { Operators = [ExpectReader.In], Words = words };

    /// <summary>One of several words that nobody can list.</summary>
    public static RuleDemand AnyWord { get; } = Word();

    /// <summary>Bits of files in octal.</summary>
    public static RuleDemand Octal { get; } = new() { Operators = [ExpectReader.NoLooser] };

    /// <summary>Nothing but words that nobody can list.</summary>
    public static RuleDemand Only { get; } = new() { Operators = [ExpectReader.Only] };

    /// <summary>All of several words; no words: any.</summary>
    public static RuleDemand AllOf(params string[] words) => new() { Operators = [ExpectReader.Holds], Words = words };

    /// <summary>A register of licences.</summary>
    public static RuleDemand Register { get; } = new() { Operators = [ExpectReader.Registered] };

    /// <summary>A matrix of roles.</summary>
    public static RuleDemand Matrix { get; } = new() { Operators = [ExpectReader.AsRoles] };

    /// <summary>Yes or no.</summary>
    public static RuleDemand Switch { get; } = new() { Operators = [ExpectReader.Eq] };
}
