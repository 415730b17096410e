using System.Globalization;
using System.Text;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>One of apt's lists of what a repository has, as <c>apt-get update</c> fetched it.</summary>
/// <param name="Path">Below the root folder. Where it is compressed it has another ending as well.</param>
/// <param name="Repository">Whose it is, in the words of <c>apt-cache policy</c>: <c>http://deb.debian.org/debian bookworm/main</c>.</param>
internal sealed record AptListFile(string Path, string Repository)
{
    /// <summary>Below the root folder.</summary>
    public const string Folder = "var/lib/apt/lists";

    private const int LongestWords = 200;

    // Those that apt's URItoFileName (apt-pkg/contrib/strutl.cc) writes as their number.
    private const string Quoted = "\\|{}[]<>\"^~_=!@#$%&*";

    /// <summary>Where the lists of a repository lie, if they were fetched: one for each component and architecture.</summary>
    public static IEnumerable<AptListFile> Of(Repository repository, IReadOnlyCollection<string> architectures)
    {
        if (repository is not { Type: "deb", Enabled: true, HasSuite: true } || repository.Uri.EndsWith("withheld", StringComparison.Ordinal)) yield break;
        var (uri, suite) = (repository.Uri.TrimEnd('/'), repository.Suite);
        // A suite that ends with a slash is a folder with the packages beside the list.
        if (suite.EndsWith('/')) yield return new AptListFile(PathOf($"{uri}/{(suite == "/" ? "" : suite)}Packages"), Words($"{uri} {suite}"));
        else foreach (var component in repository.Components)
            foreach (var architecture in architectures)
                yield return new AptListFile(PathOf($"{uri}/dists/{suite}/{component}/binary-{architecture}/Packages"), Words($"{uri} {suite}/{component}"));
    }

    private static string Words(string text) => ShortText.Of(text, LongestWords) ?? "";

    // The address without its scheme, slashes as underlines.
    private static string PathOf(string address)
    {
        var scheme = address.IndexOf(':');
        var rest = scheme < 0 ? address : address[(scheme + 1)..];
        if (rest.StartsWith("//", StringComparison.Ordinal)) rest = rest[2..];
        var name = new StringBuilder(rest.Length);
        foreach (var one in Encoding.UTF8.GetBytes(rest))
        {
            if (one is <= 0x20 or >= 0x7f || Quoted.Contains((char)one, StringComparison.Ordinal)) name.Append(CultureInfo.InvariantCulture, $"%{one:x2}");
            else name.Append(one == '/' ? '_' : (char)one);
        }
        return $"{Folder}/{name}";
    }
}
