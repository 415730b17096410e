using Sandbox.Protocol;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>Passwords that are set must be stored with a scheme that is slow to guess; one that was set long ago may not be, whatever new ones are stored with.</summary>
internal static class HashSchemes
{
    public const string Rule = "account.hash_scheme";

    /// <summary>The rule.</summary>
    /// <param name="allowed">Names of crypt(5), in lower case.</param>
    public static OnAccounts Make(IReadOnlyList<string> allowed) => new(Rule, $"each password is stored with {string.Join(" or ", allowed)}", accounts => Judge(accounts, allowed));

    private static Opinion Judge(Accounts accounts, IReadOnlyList<string> allowed)
    {
        var weak = accounts.Accounts_.Where(account => account.HasHashScheme && !allowed.Contains(Name(account.HashScheme))).Select(account => $"{account.Name} ({Name(account.HashScheme)})").ToList();
        if (weak.Count > 0) return new(Verdict.Fail, OnAccounts.Names(weak));
        return UnseenWords.Of(accounts.Unseen, "/etc/shadow") is { } reason ? new(Verdict.Unknown, Reason: reason) : new(Verdict.Pass, "all are");
    }

    private static string Name(HashScheme scheme) => scheme switch
    {
        HashScheme.GostYescrypt => "gost-yescrypt",
        HashScheme.SunMd5 => "sunmd5",
        HashScheme.BsdiDes => "bsdi",
        _ => scheme.ToString().ToLowerInvariant(),
    };
}
