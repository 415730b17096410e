using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Accounts;

/// <summary>What a file of accounts held from one change to the next.</summary>
internal sealed class AccountVersion
{
    // From putting away the old file to renaming the new one.
    private static readonly TimeSpan OneChange = TimeSpan.FromSeconds(2);

    /// <summary>The file as it was found.</summary>
    public required FileState State { get; init; }

    /// <summary>When it came into its place, or was touched there last.</summary>
    public DateTimeOffset Since => State.TouchedAt;

    /// <summary>It was still there then.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>What it says. Empty: it is not read.</summary>
    public AccountNames Names { get; private init; } = new();

    /// <summary>When what it took the place of was written, without fractions of a second. Null: that was not put away with this change.</summary>
    public DateTimeOffset? Replaced { get; private init; }

    /// <summary>What it took the place of. Null: that was not put away with this change, or is not read.</summary>
    public AccountNames? Before { get; private init; }

    /// <summary>Reads it.</summary>
    public static AccountVersion Read(RootFolder root, string path, FileState state, bool isNamed)
    {
        var version = new AccountVersion { State = state, Names = Text(root, path, isNamed) ?? new AccountNames() };
        if (FileState.Of(root.Resolve($"{path}-")) is not { IsRegular: true } old || old.TouchedAt > version.Since || version.Since - old.TouchedAt > OneChange) return version;
        return new AccountVersion { State = state, Names = version.Names, Replaced = old.ChangedAt, Before = Text(root, $"{path}-", isNamed) };
    }

    private static AccountNames? Text(RootFolder root, string path, bool isNamed) => isNamed && root.TryRead(path, out var text, out _) ? AccountNames.Parse(text) : null;
}
