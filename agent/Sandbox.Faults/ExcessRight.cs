using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>An account of the system that is locked and has no shell, so that nobody can ever log in with it, is put into the administrators' group with gpasswd(1).</summary>
internal sealed class ExcessRight(Tree tree, Programs programs) : IFault
{
    public FaultName Name => FaultName.RightsExcess;

    public ValueTask<Outlook> LookAsync(ReadOnlyMemory<byte> id, CancellationToken ct) => ValueTask.FromResult(Look());

    public async ValueTask ApplyAsync(FaultRecord record, CancellationToken ct) => await programs.RunAsync("gpasswd", ["-a", record.Seeded, record.Place], ct);

    public ValueTask<bool> IsThereAsync(FaultRecord record, CancellationToken ct) => ValueTask.FromResult(Members(record.Place)?.Contains(record.Seeded) == true);

    public async ValueTask UndoAsync(FaultRecord record, CancellationToken ct) => await programs.RunAsync("gpasswd", ["-d", record.Seeded, record.Place], ct);

    private Outlook Look()
    {
        if (!programs.Has("gpasswd")) return new Outlook.Impossible("gpasswd is not installed");
        foreach (var group in ExcessRights.Groups)
        {
            if (Members(group) is not { } members) continue;
            return ExcessRights.Accounts.FirstOrDefault(one => CanNeverLogIn(one) && !members.Contains(one)) is { } account
                ? new Outlook.Possible(group, null, account)
                : new Outlook.Impossible($"there is no locked account of the system to put into the group {group}");
        }

        return new Outlook.Impossible("there is no group sudo or wheel");
    }

    private bool CanNeverLogIn(string account) =>
        Entry("/etc/passwd", account) is [.., var shell] && Path.GetFileName(shell) is "nologin" or "false" && Entry("/etc/shadow", account) is [_, ['!' or '*', ..], ..];

    // Null: there is no such group.
    private string[]? Members(string group) => Entry("/etc/group", group) is [_, _, _, var members] ? members.Split(',') : null;

    private string[]? Entry(string file, string name) => tree.Lines(file).Select(line => line.TrimEnd('\r').Split(':')).FirstOrDefault(fields => fields[0] == name);
}
