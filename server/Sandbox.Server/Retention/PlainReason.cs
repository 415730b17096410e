using Sandbox.Storage;

namespace Sandbox.Server.Retention;

/// <summary>Why somebody decided something about a record, as they typed it.</summary>
internal static class PlainReason
{
    /// <summary>Most characters.</summary>
    public const int Longest = 500;

    /// <summary>It, without blanks around it.</summary>
    /// <exception cref="SetupException">There is none, or it is too long.</exception>
    public static string Of(string? typed) => StorableText.Of((typed ?? "").Trim()) switch
    {
        "" => throw new SetupException("Say why: it stands in the evidence log, for those who ask later."),
        { Length: <= Longest } reason => reason,
        var words => throw new SetupException($"These are {words.Length} characters; {Longest} is the most."),
    };
}
