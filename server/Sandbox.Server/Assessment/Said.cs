namespace Sandbox.Server.Assessment;

/// <summary>How what a report says of one kind of fact stands to what was known.</summary>
internal enum Said
{
    /// <summary>It is something else.</summary>
    Another,

    /// <summary>It is the same, verified anew.</summary>
    TheSame,

    /// <summary>It is the same, and what is stored was verified less than a second before: too little to write down.</summary>
    TheSameAMomentAgo,
}
