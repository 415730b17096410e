using System.Text.RegularExpressions;

namespace Sandbox.Agent.Acts.Redaction;

/// <summary>What a value must look like to be shown. Nothing that could carry a password beside a name fits: no @, no =, no quotation mark, no white space.</summary>
internal static partial class Shape
{
    /// <summary>Names of accounts and groups, and lists of them.</summary>
    public static bool IsName(string value) => Name().IsMatch(value);

    /// <summary><c>nmap</c>, <c>libc6:amd64</c>, <c>vim=2:9.0-1</c>, <c>vim/stable</c>, <c>nmap+</c>, or a file.</summary>
    public static bool IsPackage(string value) => Package().IsMatch(value);

    /// <summary>A path without spaces, <c>host:/path</c> among them; a query or a user before a host is none.</summary>
    public static bool IsPath(string value) => Path().IsMatch(value);

    /// <summary>A unit of systemd.</summary>
    public static bool IsUnit(string value) => Unit().IsMatch(value);

    /// <summary>Addresses, ports, networks and the words of a rule.</summary>
    public static bool IsWord(string value) => Word().IsMatch(value);

    /// <summary>Days, dates, ids and sizes.</summary>
    public static bool IsNumber(string value) => Number().IsMatch(value);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?(,[A-Za-z_][A-Za-z0-9_.-]{0,31}){0,31}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\./|/)?[A-Za-z0-9][A-Za-z0-9+._/-]{0,127}(:[a-z0-9]{1,16})?(=[A-Za-z0-9.:~+-]{1,64})?[+-]?\z")]
    private static partial Regex Package();

    [GeneratedRegex(@"^([A-Za-z0-9.-]{1,64}:)?[A-Za-z0-9/._~+-]{1,200}\z")]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\-]{1,128}\z")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^[A-Za-z0-9_./:,{}*-]{1,64}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^-?[0-9]{1,10}([-/:.][0-9]{1,10}){0,3}[KMGT%]?\z")]
    private static partial Regex Number();
}
