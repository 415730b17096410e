using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.SignOffs;

/// <summary>Who signed which line, whether they could, and whether none of the decisions is left out.</summary>
/// <param name="scope">What was exported. Null: not known.</param>
/// <param name="findings">What is wrong.</param>
internal sealed class Decisions(ExportScope? scope, Findings findings) : IEntryCheck
{
    private const string Password = "password";
    private static readonly string[] _deciding = ["mentor", "admin"];

    private readonly Roles _roles = new();
    private readonly HashSet<ByteString> _erased = [];
    private readonly Dictionary<(ByteString Person, string Line, string Column), uint> _numbers = [];
    private readonly List<Decided> _all = [];

    /// <summary>All decisions, in the order of the log.</summary>
    public IReadOnlyList<Decided> All => _all;

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        if (entry is { Body: null, Leaf: { Kind: EntryKind.SignOff, Person: { } person } }) _erased.Add(ByteString.CopyFrom(person));
        if (entry.Body?.RoleGiven is { } given) _roles.Take(given);
        if (entry.Body?.LineDecided is { } decided) Take(entry, decided, passkey: null);
        if (entry.Body?.SignedDecision is { } signed) Take(entry, signed);
    }

    private void Take(Shown entry, SignedDecision signed)
    {
        try
        {
            var decided = LineDecided.Parser.ParseFrom(signed.Decision);
            if (BodyForm.Fault(entry.Leaf, new LogBody { LineDecided = decided }) is { } form) findings.Fault(entry.Index, form);
            if (Assertion.Fault(signed) is { } fault) findings.Fault(entry.Index, $"the passkey's signature does not stand: {fault}");
            else Take(entry, decided, Assertion.Name(signed));
        }
        catch (InvalidProtocolBufferException)
        {
            findings.Fault(entry.Index, "what a passkey signed is no decision");
        }
    }

    private void Take(Shown entry, LineDecided decided, string? passkey)
    {
        CheckNumber(entry.Index, decided);
        CheckRole(entry.Index, decided);
        _all.Add(new Decided(
            entry.Index, entry.Leaf.Time, decided.PersonName, decided.Line, decided.Wording, decided.Column, decided.Number, decided.Decision, decided.DecidedByName, decided.Role,
            passkey is not null ? passkey : decided.ConfirmedBy == Password ? "signed in with a password, which was asked for again: the server vouches for it" : "signed in; the server vouches for it",
            decided.HasWords ? decided.Words : null));
    }

    private void CheckNumber(long index, LineDecided decided)
    {
        var column = (decided.PersonId, decided.Line, decided.Column);
        var (last, number) = (_numbers.GetValueOrDefault(column), decided.Number);
        var name = $"decision {number} about {decided.Line} {decided.Column} of {decided.PersonName}";
        if (number == 0 || number <= last) findings.Fault(index, $"this is {name}, but decision {last} stood in the log before: they are numbered from 1 on, in the order of the log");
        else if (number != last + 1 && (last > 0 || scope?.HoldsFromTheFirst(decided.PersonId, decided.Line) == true)) Missing(index, decided.PersonId, $"this is {name}, but decision {number - 1} is not in the log");
        _numbers[column] = Math.Max(last, number);
    }

    private void Missing(long index, ByteString person, string what)
    {
        if (_erased.Contains(person)) findings.Remark(index, $"{what}, or was erased");
        else findings.Fault(index, what);
    }

    private void CheckRole(long index, LineDecided decided)
    {
        if (!_deciding.Contains(decided.Role)) findings.Fault(index, $"{decided.DecidedByName} decided as '{decided.Role}': mentors and admins decide");
        if (_roles.Fault(decided.DecidedBy, decided.Role) is { } fault) findings.Fault(index, $"{decided.DecidedByName} decided as {decided.Role}, but by the log {fault}");
        else if (!_roles.Knows(decided.DecidedBy)) findings.Remark(index, $"the log does not say, as far as this bundle shows, which role {decided.DecidedByName} had by then");
    }
}

/// <summary>A decision about a column of a line.</summary>
/// <param name="Index">Its entry.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Person">The apprentice's name.</param>
/// <param name="Line">Line of the schedule.</param>
/// <param name="Wording">Its wording then.</param>
/// <param name="Column">ojt or ri.</param>
/// <param name="Number">Place among the decisions about this column, from 1; the highest stands.</param>
/// <param name="Decision">signed, returned or revoked.</param>
/// <param name="By">Who decided.</param>
/// <param name="Role">The role that they had.</param>
/// <param name="VouchedBy">What shows that it was they.</param>
/// <param name="Words">Their words. Null: none.</param>
internal sealed record Decided(
    long Index, DateTimeOffset At, string Person, string Line, string Wording, string Column, uint Number, string Decision, string By, string Role, string VouchedBy, string? Words);
