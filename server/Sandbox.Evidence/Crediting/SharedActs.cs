namespace Sandbox.Evidence.Crediting;

/// <summary>
/// The one act may be evidence of two lines only where it is declared here, and the evidence says so: what changed differs, and a mentor sees that the same hand did both at once.
/// </summary>
internal static class SharedActs
{
    private static readonly (string Act, string Other, string Words)[] Declared =
    [
        ("server_account.set_up", "account.added", "the account is what is counted for line 1.3 as well"),
        ("server_account.set_up", "access.put_right", "the groups may be what is counted for line 4.5 as well"),
        ("access.put_right", "account.added", "adding the account with its groups may be what is counted for lines 1.3 and 4.7 as well"),
        ("service.set_up", "package.installed", "installing its package may be what is counted for line 1.2 as well"),
        ("wired.connected", "wireless.joined", "one change of the network's settings may be what is counted for line 4.1 as well"),
        ("package.installed", "mended", "of a scanner, a firewall or a PAM module, installing it may be what is counted for line 4.3 or 1.3 as well"),
    ];

    /// <summary>What a sort of change shares its act with, for people. Empty: it shares it with none.</summary>
    public static string Words(string act) => string.Join("; ", Declared.Where(one => one.Act == act).Select(one => one.Words));
}
