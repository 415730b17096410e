namespace Sandbox.Agent.AdminRights;

/// <summary>One entry of a list of sudoers(5).</summary>
/// <param name="Name">With its sign: <c>%sudo</c>, <c>#1000</c>, <c>ALL</c>, a path without arguments, the name of an alias.</param>
/// <param name="Not">Taken out with <c>!</c>.</param>
/// <param name="Alias">The alias that it stands in for. Null: it stands in the rule itself.</param>
internal readonly record struct Listed(string Name, bool Not, string? Alias = null);

/// <summary>What stands before a command and holds for those after it, too.</summary>
/// <param name="Users">Users whose rights may be taken. Null: none named.</param>
/// <param name="Groups">Groups whose rights may be taken. Null: none named.</param>
/// <param name="NoPassword">Null: the setting <c>authenticate</c> decides.</param>
/// <param name="SetEnvironment">Null: the setting <c>setenv</c> decides.</param>
/// <param name="NoExec">Null: the setting <c>noexec</c> decides.</param>
/// <param name="Timed">The rule begins or ends at an instant.</param>
internal sealed record SudoTerms(
    IReadOnlyList<Listed>? Users, IReadOnlyList<Listed>? Groups, bool? NoPassword, bool? SetEnvironment, bool? NoExec, bool Timed)
{
    public static SudoTerms None { get; } = new(null, null, null, null, null, false);
}

/// <summary>Commands that share their terms.</summary>
internal sealed record SudoCommands(SudoTerms Terms, IReadOnlyList<Listed> Names);

/// <summary>What may be done on some hosts.</summary>
internal sealed record SudoPrivilege(IReadOnlyList<Listed> Hosts, IReadOnlyList<SudoCommands> Commands);

/// <summary>One rule: who, and what on which hosts.</summary>
internal sealed record SudoRule(IReadOnlyList<Listed> Users, IReadOnlyList<SudoPrivilege> Privileges, string Path, uint Line);
