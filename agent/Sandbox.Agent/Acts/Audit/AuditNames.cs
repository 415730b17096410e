using Sandbox.Agent.Acts.Accounts;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>What can be told of a record at its moment only, as auditd adds it (log_format = ENRICHED): names of accounts and groups, and whether its process lives in another system.</summary>
internal sealed class AuditNames(RootFolder root, AccountFiles files)
{
    /// <summary>The field of a record that was written in another system, and its value.</summary>
    public const string System = "SYSTEM", Other = "other";

    /// <summary>What to write behind the record: <c>AUID="elif" ID="newbie"</c>. Null: nothing.</summary>
    public string? Of(AuditRecord record)
    {
        // Before anything else: the process ends in a moment.
        var isOther = record.Kernel.Number("pid") is { } pid && ProcessRoot.IsOther(root, pid) == true;
        // Also where the record itself says the name: its number may be asked for when it is gone.
        files.Look();
        var words = new List<string>();
        if (record.Kernel.Number("auid") is { } login and not AuditRecord.Unset) Add(words, "AUID", files.Person(login, record.At));
        if (isOther) words.Add($"{System}={Other}");
        else if (AuditActs.Of(record) is { } act) Add(words, "ID", NameOf(act));
        return words.Count == 0 ? null : string.Join(' ', words);
    }

    private string? NameOf(AdminAct act)
    {
        if (act.Objects.FirstOrDefault(done => done is { HasName: false, HasId: true }) is not { } done) return null;
        files.Name(act);
        return done.HasName ? done.Name : null;
    }

    private static void Add(List<string> words, string field, string? name)
    {
        if (name is not null && Shape.IsName(name)) words.Add($"{field}=\"{name}\"");
    }
}
