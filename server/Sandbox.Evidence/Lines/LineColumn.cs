namespace Sandbox.Evidence.Lines;

/// <summary>What each line of the schedule has two of; each is signed by itself.</summary>
public enum LineColumn
{
    /// <summary>On-the-job training: what the apprentice did.</summary>
    Ojt = 0,

    /// <summary>Related instruction: what the apprentice was taught. Devices never show it.</summary>
    Ri = 1,
}
