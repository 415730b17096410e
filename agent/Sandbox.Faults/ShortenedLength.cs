using System.Text;
using System.Text.RegularExpressions;
using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>
/// The minimum length of passwords becomes 6, the least that libpwquality knows, on the line that sets it: the last one in pwquality.conf, else the last one of the drop-ins, which
/// pwquality.conf beats. Where none does, a line is added.
/// </summary>
internal sealed partial class ShortenedLength(Tree tree) : IFault
{
    private const string Main = "/etc/security/pwquality.conf";
    private const string DropIns = "/etc/security/pwquality.conf.d";
    private const int Shortest = 6;
    private const int Default = 8;
    private static readonly string[] Stacks = ["/etc/pam.d/common-password", "/etc/pam.d/system-auth", "/etc/pam.d/password-auth", "/etc/pam.d/passwd"];

    public FaultName Name => FaultName.PasswordMinLengthShortened;

    public ValueTask<Outlook> LookAsync(ReadOnlyMemory<byte> id, CancellationToken ct) => ValueTask.FromResult(Look());

    public ValueTask ApplyAsync(FaultRecord record, CancellationToken ct)
    {
        var lines = tree.Lines(record.Place).ToList();
        if (record.HasBefore) lines[Find(lines, record.Before, record.Place)] = record.Seeded;
        // Before the end of the last line, if it has one.
        else lines.Insert(lines[^1].Length == 0 ? lines.Count - 1 : lines.Count, record.Seeded);
        tree.Replace(record.Place, string.Join('\n', lines));
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsThereAsync(FaultRecord record, CancellationToken ct) => ValueTask.FromResult(InForce() == (record.Place, record.Seeded));

    public ValueTask UndoAsync(FaultRecord record, CancellationToken ct)
    {
        var lines = tree.Lines(record.Place).ToList();
        var line = Find(lines, record.Seeded, record.Place);
        if (record.HasBefore) lines[line] = record.Before;
        else lines.RemoveAt(line);
        tree.Replace(record.Place, string.Join('\n', lines));
        return ValueTask.CompletedTask;
    }

    private Outlook Look()
    {
        var modules = Stacks.SelectMany(tree.Lines).Where(line => UsesModule().IsMatch(line)).ToList();
        if (modules.Count == 0) return new Outlook.Impossible("pam_pwquality checks no passwords on this machine");
        if (modules.Exists(line => SetsLength().IsMatch(line))) return new Outlook.Impossible("the PAM stack itself sets the minimum length");
        if (!tree.Has(Main)) return new Outlook.Impossible($"there is no {Main}");
        var inForce = InForce();
        // People are shown the line, and what it says is told as text.
        if (tree.Text(inForce?.Path ?? Main) is { } text && !Ascii.IsValid(text)) return new Outlook.Impossible($"{inForce?.Path ?? Main} holds characters that are not ASCII");
        if (inForce is not { } found) return new Outlook.Possible(Main, null, $"minlen = {Shortest}");
        var number = Setting().Match(found.Line).Groups["number"];
        if (!int.TryParse(number.ValueSpan, out var length)) length = Default;
        return length <= Shortest
            ? new Outlook.Impossible($"{found.Path} asks for no more than {Shortest} characters already")
            : new Outlook.Possible(found.Path, found.Line, $"{found.Line[..number.Index]}{Shortest}{found.Line[(number.Index + number.Length)..]}");
    }

    // Whoever writes the file between a look and a change has the last word.
    private static int Find(List<string> lines, string line, string place) => lines.LastIndexOf(line) is >= 0 and var at ? at : throw new IOException($"{place} was changed by somebody else just now");

    private (string Path, string Line)? InForce()
    {
        foreach (var path in tree.Files(DropIns, ".conf").Append(Main).Reverse())
            if (tree.Lines(path).LastOrDefault(line => Setting().IsMatch(line)) is { } line)
                return (path, line);
        return null;
    }

    [GeneratedRegex(@"^\s*minlen[ \t=]+(?<number>\d+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\s*[^#\s][^#]*\bpam_pwquality\.so\b")]
    private static partial Regex UsesModule();

    [GeneratedRegex(@"\bminlen=")]
    private static partial Regex SetsLength();
}
