using Sandbox.Agent.Acts.Redaction;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>
/// Names of accounts and groups at the moment of a record, as auditd adds them (log_format = ENRICHED): what is read later may know them no more. One
/// that was removed a moment ago is remembered.
/// </summary>
internal sealed class AuditNames(RootFolder root)
{
    private readonly Book _accounts = new(root, "etc/passwd");
    private readonly Book _groups = new(root, "etc/group");

    /// <summary>What auditd would write behind the record: <c>ID="newbie"</c>. Null: it names nobody by number, or nobody has the number.</summary>
    public string? Of(AuditRecord record)
    {
        var book = record.Type.Contains("GROUP", StringComparison.Ordinal) || record.Type.StartsWith("GRP", StringComparison.Ordinal) ? _groups : _accounts;
        // Also where the record itself says the name: its number may be asked for when it is gone.
        book.Refresh();
        return record.Sender.Number("id") is { } id and not AuditRecord.Unset && book.Name(id) is { } name && Shape.IsName(name) ? $"ID=\"{name}\"" : null;
    }

    private sealed class Book(RootFolder root, string path)
    {
        private FileState? _state;
        private NumberedNames _now = new(root, path);
        private NumberedNames? _before;

        public string? Name(uint id) => _now.Find(id) ?? _before?.Find(id);

        public void Refresh()
        {
            var state = FileState.Of(root.Resolve(path));
            if (state == _state) return;
            (_state, _before, _now) = (state, _now, new NumberedNames(root, path));
        }
    }
}
