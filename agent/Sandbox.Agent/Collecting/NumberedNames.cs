using System.Globalization;

namespace Sandbox.Agent.Collecting;

/// <summary>Names of accounts or groups by their numbers: passwd(5), group(5). Accounts of a directory have none here.</summary>
internal sealed class NumberedNames
{
    // 100,000 accounts.
    private const int MostBytes = 16 << 20;
    private const int LongestName = 200;
    private readonly Dictionary<uint, string> _names = [];

    /// <summary>Reads /etc/passwd or /etc/group; what cannot be read leaves numbers without names.</summary>
    public NumberedNames(RootFolder root, string path)
    {
        if (!root.TryRead(path, out var text, out _, MostBytes)) return;
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':') is [var written, _, var said, ..] && ShortText.Of(written, LongestName) is { } name && uint.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                _names.TryAdd(number, name);
        }
    }

    /// <summary>The first name that has the number, as getpwuid(3) finds it; else the number.</summary>
    public string Of(uint number) => Find(number) ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The first name that has the number. Null: none has it.</summary>
    public string? Find(uint number) => _names.GetValueOrDefault(number);
}
