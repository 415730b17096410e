using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>Adds what a record names to the objects of its act, each once: one record says the number, another one the name.</summary>
internal static class SameObject
{
    private const int Most = 50;

    // Whatever they do is about one account.
    private static readonly string[] OneAccount = ["useradd", "userdel", "adduser", "deluser"];

    /// <summary>Adds it, or what it says more of one that is there.</summary>
    public static void Add(AdminAct act, ActObject done)
    {
        var isOnly = done.Kind == "account" && act.HasProgram && OneAccount.Contains(new Redacted(act.Program, [], 0).Name);
        if (act.Objects.FirstOrDefault(other => other.Kind == done.Kind && (isOnly ? !IdsDiffer(other, done) : Is(other, done))) is { } known) Merge(act, known, done);
        else if (act.Objects.Count >= Most) act.MoreObjects++;
        else if (done.Kind == "account") act.Objects.Insert(0, done);
        else act.Objects.Add(done);
    }

    private static bool Is(ActObject known, ActObject done) =>
        (known.HasId && done.HasId && known.Id == done.Id)
        || (!IdsDiffer(known, done) && !(known.HasName && done.HasName && known.Name != done.Name) && (known.HasId || known.HasName || done.HasId || done.HasName));

    private static bool IdsDiffer(ActObject known, ActObject done) => known.HasId && done.HasId && known.Id != done.Id;

    private static void Merge(AdminAct act, ActObject known, ActObject done)
    {
        var (name, detail) = (Name(act, known, done), Detail(known, done));
        known.MergeFrom(done);
        if (name is null) known.ClearName();
        else known.Name = name;
        if (detail is not null) known.Detail = detail;
    }

    // Of two names that one number is said to have, that of the record without the number is its own word, the other one was looked up.
    private static string? Name(AdminAct act, ActObject known, ActObject done)
    {
        if (!known.HasName || !done.HasName || known.Name == done.Name) return known.HasName ? known.Name : done.HasName ? done.Name : null;
        if (!done.HasId) return done.Name;
        if (!known.HasId || IsSaidElsewhere(act, known)) return known.Name;
        return IsSaidElsewhere(act, done) ? done.Name : null;
    }

    // By the group that comes and goes with the account.
    private static bool IsSaidElsewhere(AdminAct act, ActObject one) => act.Objects.Any(other => other.Kind != one.Kind && other.HasName && other.Name == one.Name);

    // Into two groups at once: the records name one each.
    private static string? Detail(ActObject known, ActObject done)
    {
        if (known.Kind != "account" || !known.HasDetail || !done.HasDetail) return null;
        return string.Join(", ", known.Detail.Split(", ").Concat(done.Detail.Split(", ")).Distinct(StringComparer.Ordinal));
    }
}
