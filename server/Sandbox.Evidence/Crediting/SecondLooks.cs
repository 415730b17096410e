namespace Sandbox.Evidence.Crediting;

/// <summary>When a change was seen to be there still (guard G2), each the first time, by the server's clock.</summary>
public sealed record SecondLooks
{
    /// <summary>It has not been seen again yet.</summary>
    public static SecondLooks None { get; } = new();

    /// <summary>An hour later or more. Null: not yet.</summary>
    public DateTimeOffset? AfterHour { get; init; }

    /// <summary>A day later or more. Null: not yet.</summary>
    public DateTimeOffset? AfterDay { get; init; }

    /// <summary>After a restart of the machine. Null: not yet, or it cannot be told.</summary>
    public DateTimeOffset? AfterRestart { get; init; }

    /// <summary>What is still to be seen, for people: <c>an hour later, after a restart</c>. Null: nothing.</summary>
    public string? Missing
    {
        get
        {
            string[] missing = [.. AfterHour is null ? ["an hour later"] : (string[])[], .. AfterDay is null ? ["a day later"] : (string[])[], .. AfterRestart is null ? ["after a restart"] : (string[])[]];
            return missing.Length == 0 ? null : string.Join(", ", missing);
        }
    }
}
