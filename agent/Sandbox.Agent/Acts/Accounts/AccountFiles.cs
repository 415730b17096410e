using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Accounts;

/// <summary>The files of this system's accounts, and what they tell of an act: names of that moment, and whether it was done to them at all.</summary>
internal sealed class AccountFiles(RootFolder root, TimeProvider time)
{
    private readonly AccountFile _accounts = new(root, "etc/passwd", isNamed: true, time);
    private readonly AccountFile _groups = new(root, "etc/group", isNamed: true, time);

    // Nothing in them is anybody's business.
    private readonly AccountFile _passwords = new(root, "etc/shadow", isNamed: false, time);
    private readonly AccountFile _groupPasswords = new(root, "etc/gshadow", isNamed: false, time);

    /// <summary>Looks at them, so that what they say now is known later.</summary>
    public void Look()
    {
        foreach (var file in (ReadOnlySpan<AccountFile>)[_accounts, _groups, _passwords, _groupPasswords]) file.Look();
    }

    /// <summary>Who had the login uid at that moment. Null: it cannot be told.</summary>
    public string? Person(uint uid, DateTimeOffset at) => _accounts.Person(uid, at);

    /// <summary>Adds names that the numbers of a single record had at its moment.</summary>
    public void Name(AdminAct record)
    {
        var at = record.OccurredAt.ToDateTimeOffset();
        if (record.Actor is { HasOsName: false, HasLoginUid: true } && Person(record.Actor.LoginUid, at) is { } person) record.Actor.OsName = person;
        foreach (var done in record.Objects)
        {
            if (done is { HasName: false, HasId: true } && uint.TryParse(done.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && NameOf(record, done.Kind, id, at) is { } name)
                done.Name = name;
            if (record.Action is Action.AddMember or Action.RemoveMember && done is { Kind: "account", HasName: true, HasDetail: false }
                && _groups.Groups(done.Name, record.Action is Action.AddMember, at) is { Count: > 0 } groups)
                done.Detail = string.Join(", ", groups);
        }
    }

    /// <summary>The files that such an act changes. Empty: it changes none.</summary>
    public IReadOnlyList<AccountFile> ChangedBy(Action action) => action switch
    {
        Action.AddAccount or Action.RemoveAccount => [_accounts],
        Action.ChangeAccount => [_accounts, _passwords, _groups, _groupPasswords],
        Action.ChangePassword or Action.ChangeAgeing => [_passwords, _accounts],
        Action.AddGroup or Action.ChangeGroup or Action.RemoveGroup or Action.AddMember or Action.RemoveMember => [_groups, _groupPasswords],
        _ => [],
    };

    // useradd tells of its account before that is in the file and of its home afterwards, userdel before, the tools of groups afterwards.
    private string? NameOf(AdminAct record, string kind, uint id, DateTimeOffset at) => (kind, record.Action) switch
    {
        ("account", Action.AddAccount) when !record.Verb.Contains("home", StringComparison.Ordinal) => _accounts.After(id, at),
        ("account", _) => _accounts.Then(id, at),
        ("group", Action.RemoveGroup) => _groups.Before(id, at) ?? _groups.Then(id, at),
        // The kernel's clock ticks every few milliseconds: the record may have the time of the file before it.
        ("group", Action.AddGroup) => _groups.Then(id, at) ?? _groups.After(id, at),
        ("group", _) => _groups.Then(id, at),
        _ => null,
    };
}
