namespace Sandbox.Evidence.Settings;

/// <summary>What is demanded of the value of a setting.</summary>
internal abstract record ValueDemand
{
    /// <summary>In words, to follow the name of what is set: <c>12 or more</c>.</summary>
    public abstract string Words { get; }

    /// <summary>Whether a value meets it, as it is written or as it is in force. False as well for one that means nothing.</summary>
    public abstract bool Meets(string value);
}
