using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Agent.Accounts;

/// <summary>Recognises the schemes of crypt(5) and reads their cost. Whatever does not look exactly like a cost is not repeated.</summary>
internal static class CryptHash
{
    private const int DesLength = 13;
    private const int BsdiLength = 20;
    private const int MostCostLength = 16;

    /// <summary>The scheme of a hash. Null: no scheme produces this.</summary>
    public static HashScheme? Scheme(ReadOnlySpan<char> hash) => hash switch
    {
        ['$', 'y', '$', ..] => HashScheme.Yescrypt,
        ['$', 'g', 'y', '$', ..] => HashScheme.GostYescrypt,
        ['$', '7', '$', ..] => HashScheme.Scrypt,
        ['$', '2', 'a' or 'b' or 'x' or 'y', '$', ..] => HashScheme.Bcrypt,
        ['$', '6', '$', ..] => HashScheme.Sha512,
        ['$', '5', '$', ..] => HashScheme.Sha256,
        ['$', 's', 'h', 'a', '1', '$', ..] => HashScheme.Sha1,
        ['$', 'm', 'd', '5', '$' or ',', ..] => HashScheme.SunMd5,
        ['$', '1', '$', ..] => HashScheme.Md5,
        ['$', '3', '$', ..] => HashScheme.Nt,
        ['$', .. var rest] when rest.IndexOf('$') > 0 => HashScheme.Unrecognised,
        ['_', ..] when hash.Length == BsdiLength && IsCrypt64(hash[1..]) => HashScheme.BsdiDes,
        { Length: DesLength } when IsCrypt64(hash) => HashScheme.Des,
        _ => null,
    };

    /// <summary>The cost in the scheme's own notation. Null: none stands there.</summary>
    public static string? Cost(HashScheme scheme, ReadOnlySpan<char> hash) => scheme switch
    {
        HashScheme.Sha512 or HashScheme.Sha256 => Rounds(Part(hash, 2)),
        HashScheme.SunMd5 => hash.IndexOf(',') is > 0 and var comma ? Rounds(Upto(hash[(comma + 1)..])) : null,
        HashScheme.Bcrypt or HashScheme.Sha1 => Digits(Part(hash, 2)),
        // Parameters, salt and hash must all stand there, or it might be a salt that is taken for parameters.
        HashScheme.Yescrypt or HashScheme.GostYescrypt when hash.Count('$') >= 4 => Parameters(Part(hash, 2)),
        _ => null,
    };

    private static string? Rounds(ReadOnlySpan<char> part) =>
        part.StartsWith("rounds=") && Digits(part["rounds=".Length..]) is { } digits ? $"rounds={digits}" : null;

    private static string? Digits(ReadOnlySpan<char> part) =>
        part.Length is > 0 and <= MostCostLength && !part.ContainsAnyExceptInRange('0', '9') ? part.ToString() : null;

    private static string? Parameters(ReadOnlySpan<char> part) =>
        part.Length is > 0 and <= MostCostLength && IsCrypt64(part) ? part.ToString() : null;

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> hash, int index)
    {
        for (; index > 0; index--)
        {
            var dollar = hash.IndexOf('$');
            if (dollar < 0) return default;
            hash = hash[(dollar + 1)..];
        }

        return Upto(hash);
    }

    private static ReadOnlySpan<char> Upto(ReadOnlySpan<char> text) => text.IndexOf('$') is >= 0 and var end ? text[..end] : default;

    private static bool IsCrypt64(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '/')) return false;
        }

        return true;
    }
}
