namespace Sandbox.Verify;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    /// <summary>Nothing is wrong, by a key that a person confirmed.</summary>
    public const int Proved = 0;

    /// <summary>Something is wrong.</summary>
    public const int Faults = 1;

    /// <summary>It cannot be read, or was asked for wrongly.</summary>
    public const int Unreadable = 2;

    /// <summary>Nothing contradicts anything, but nobody has confirmed the key.</summary>
    public const int UnconfirmedKey = 3;
}
