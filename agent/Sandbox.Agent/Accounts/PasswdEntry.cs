using System.Globalization;

namespace Sandbox.Agent.Accounts;

/// <summary>One line of passwd(5), without what is nobody's business (full name, home).</summary>
/// <param name="Name">Field 1.</param>
/// <param name="Password">What field 2 says. Null: <c>x</c>, so /etc/shadow says it.</param>
/// <param name="Uid">Field 3. Null: not a number.</param>
/// <param name="Gid">Field 4. Null: not a number.</param>
/// <param name="Shell">Field 7; <c>/bin/sh</c> when that is empty.</param>
internal readonly record struct PasswdEntry(string Name, StoredPassword? Password, uint? Uid, uint? Gid, string Shell)
{
    private const int FieldCount = 7;

    /// <summary>Reads a line. Null: it is malformed beyond use, and <paramref name="fault"/> says why.</summary>
    /// <param name="line">The line.</param>
    /// <param name="fault">What is wrong with it, even where the entry is of use. Null: nothing.</param>
    public static PasswdEntry? Parse(ReadOnlySpan<char> line, out string? fault)
    {
        fault = null;
        if (Fields.Count(line) != FieldCount || line[0] == ':')
        {
            fault = line[0] == ':' ? "it has no name" : $"it has {Fields.Count(line)} fields where {FieldCount} belong";
            return null;
        }

        var fields = new Fields(line);
        var name = fields.Next().ToString();
        var password = fields.Next();
        var (uid, gid) = (Number(fields.Next()), Number(fields.Next()));
        if (uid is null || gid is null) fault = uid is null ? "the uid is not a number" : "the gid is not a number";
        fields.Next();
        fields.Next();
        var shell = fields.Next() is { IsEmpty: false } named ? named.ToString() : "/bin/sh";
        return new PasswdEntry(name, password is "x" ? null : StoredPassword.Read(password), uid, gid, shell);
    }

    private static uint? Number(ReadOnlySpan<char> field) =>
        uint.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
