namespace Sandbox.Storage.Retention;

/// <summary>What apprentices are trained in, with how long it keeps what it has of each of them.</summary>
public sealed class Programme
{
    /// <summary>Years after an apprentice left, unless a programme says another number (29 CFR 30.12(d)).</summary>
    public const int UsualYears = 5;

    /// <summary>The most years that one can say.</summary>
    public const int MostYears = 100;

    /// <summary>The programme of everybody of whom nothing else was said. It is always there.</summary>
    public static readonly Guid FirstId = new("7a2f6c1e-52d4-4c0b-9a57-2f6f1c0e4b01");

    /// <summary>Random id; entries in the log carry it as their subject.</summary>
    public Guid Id { get; set; }

    /// <summary>Its name; unique.</summary>
    public required string Name { get; set; }

    /// <summary>How many years a record is kept after the day on which its apprentice left: 1 to <see cref="MostYears"/>.</summary>
    public int YearsKept { get; set; } = UsualYears;

    /// <summary>The one with <see cref="FirstId"/>, as it is when nobody has said anything of it.</summary>
    public static Programme First() => new() { Id = FirstId, Name = "Information Technology Generalist" };
}
