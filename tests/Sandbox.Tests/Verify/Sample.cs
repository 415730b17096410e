using Sandbox.Ledger;
using Sandbox.Protocol;

namespace Sandbox.Tests.Verify;

/// <summary>A log with something of everything, under a key that followed another.</summary>
internal static class Sample
{
    public static readonly LogKey OldKey = MadeLog.NewKey();
    public static readonly LogKey Key = MadeLog.NewKey();
    public static readonly MadeDevice Device = new();

    /// <summary>Unless a size is given, with so many entries that the tree has a full tile and two levels.</summary>
    public static async Task<MadeLog> LogAsync(long size = 290)
    {
        var log = new MadeLog(OldKey);
        log.AddRole(People.Mia, "Mia Mentor", "mentor");
        Device.Enrol(log);
        Device.Witness(log);
        log.AddDecision(1);
        log.AddDecision(2, decided => decided.Decision = "revoked");
        log.AddSigned(new Passkey(-7).Sign(People.Decision(3)));
        await HandOverAsync(log, Key);
        log.Fill(size);
        return log;
    }

    /// <summary>Rolls the log's key: the entry, and the checkpoint that both sign.</summary>
    public static async Task HandOverAsync(MadeLog log, LogKey next)
    {
        var last = log.Key;
        log.Add(EntryKind.Key, new LogBody { KeyRolled = new KeyRolled { Key = "log", Before = last.Verifier.ToString(), After = next.Verifier.ToString() } });
        log.Handovers[$"{last.Verifier.Id:x8}"] = (await log.CheckpointAsync()).Sign(last, next);
        log.Key = next;
    }
}
