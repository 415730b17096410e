using static Sandbox.Agent.AdminRights.SudoAliases;

namespace Sandbox.Agent.AdminRights;

/// <summary>Whether sudo asks somebody for a password where the rule does not say: the setting <c>authenticate</c>, for everybody or for one.</summary>
internal sealed class SudoAsks
{
    private readonly List<(IReadOnlyList<Listed>? For, bool Ask)> _settings = [];

    public SudoAsks(Sudoers sudoers)
    {
        foreach (var setting in sudoers.Defaults.Where(setting => setting is { Name: "authenticate", Scope: ' ' or ':' }))
        {
            var users = setting.Scope == ':' ? sudoers.Aliases.Expand(AliasKind.User, setting.For) : null;
            _settings.Add((users, setting.Value == SudoDefault.On));
        }
    }

    public bool Password(Person person)
    {
        var asks = true;
        // Global settings and those for users take effect in the order of reading (sudoers(5), "Defaults").
        foreach (var (users, ask) in _settings)
        {
            if (users is null || Matching.Means(users, person) == true) asks = ask;
        }

        return asks;
    }
}
