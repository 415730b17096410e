using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>How evidence of an account names it, <c>ben (uid 1001)</c>, and how the account is found again.</summary>
internal static class AccountTarget
{
    private const string Between = " (uid ";

    /// <summary>The target of an account that has a number.</summary>
    public static string Of(Account account) => $"{account.Name}{Between}{account.Uid.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>The name in it.</summary>
    public static string NameIn(string target) => target[..target.LastIndexOf(Between, StringComparison.Ordinal)];

    /// <summary>The number in it.</summary>
    public static string UidIn(string target) => target[(target.LastIndexOf(' ') + 1)..^1];

    /// <summary>The account of the same name and number. Null: it is not there.</summary>
    public static Account? Same(Account account, ReportedFact reported) =>
        reported.Fact.Accounts.Accounts_.FirstOrDefault(one => one.HasUid && one.Uid == account.Uid && one.Name == account.Name);
}
