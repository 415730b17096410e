namespace Sandbox.Evidence.Settings;

/// <summary>A flag that is on by being named, whatever stands behind it.</summary>
internal sealed record NamedDemand : ValueDemand
{
    public override string Words => "set";

    public override bool Meets(string value) => true;
}
