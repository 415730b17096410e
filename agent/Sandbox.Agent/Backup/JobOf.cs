using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>A command in the vocabulary's words.</summary>
internal static class JobOf
{
    public static BackupJob Command(BackupCommand command, string path, uint line)
    {
        var job = new BackupJob { Program = command.Program, Path = path, Line = line, Covers = { command.Covers } };
        if (command.Store is { } store && StoreAddress.Of(store) is { } address) job.Store = address.Shown;
        return job;
    }
}
