using System.CommandLine;

namespace Sandbox.Faults;

/// <summary>
/// <c>sandbox-fault-helper run</c>: serves the agent of this machine until SIGTERM, then undoes what is applied. <c>sandbox-fault-helper undo</c>: undoes all of it, while no helper runs.
/// </summary>
internal static class HelperCommands
{
    private static readonly Option<string> Socket = new("--socket") { Description = "The socket at which it listens.", HelpName = "FILE", DefaultValueFactory = _ => "/run/sandbox-faults/helper.sock" };
    private static readonly Option<string?> Group = new("--group") { Description = "The group that may connect beside root. Unless set, root alone.", HelpName = "NAME" };
    private static readonly Option<string> State = new("--state") { Description = "Where undo records are kept.", HelpName = "DIR", DefaultValueFactory = _ => "/var/lib/sandbox-faults" };

    private static readonly Option<string> Root = new("--root")
    {
        Description = "The folder that stands for /. Programs are those below it, and have to act on what is below it: for trying the helper out.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/",
    };

    public static RootCommand Create()
    {
        var run = new Command("run", "Serves the agent of this machine until SIGINT or SIGTERM, then undoes what is applied.") { Socket, Group, State, Root };
        run.SetAction(async (parse, ct) =>
        {
            using var alone = Alone(parse.GetValue(State)!);
            using var book = await OpenAsync(parse, ct);
            using var listener = new Listener(parse.GetValue(Socket)!, parse.GetValue(Group), parse.GetValue(Root)!, book);
            var told = await UntilToldAsync(ct, listener.ServeAsync, book.WatchAsync);
            return await book.UndoAllAsync(CancellationToken.None) && told ? 0 : 1;
        });
        var undo = new Command("undo", "Undoes all seeded faults, while no helper runs.") { State, Root };
        undo.SetAction(async (parse, ct) =>
        {
            using var alone = Alone(parse.GetValue(State)!);
            using var book = await OpenAsync(parse, ct);
            return await book.UndoAllAsync(ct) ? 0 : 1;
        });
        return new RootCommand("Applies the seeded faults that it was built with, and undoes them.") { run, undo };
    }

    /// <summary>Lets them run until they are told to stop, or until one of them ends by itself, which ends the others: half a helper undoes nothing, and systemd starts a whole one.</summary>
    /// <returns>Whether they were told to.</returns>
    public static async Task<bool> UntilToldAsync(CancellationToken ct, params Func<CancellationToken, Task>[] parts)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = parts.Select(part => part(end.Token)).ToList();
        var first = await Task.WhenAny(running);
        var told = ct.IsCancellationRequested;
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!told) await Console.Error.WriteLineAsync($"A part of the helper ended, so it ends: {first.Exception?.InnerException?.Message ?? "nobody told it to"}");
        return told;
    }

    // Two would take each other's undoing for somebody's repair. The lock ends with the process, however that ends.
    private static FileStream Alone(string state)
    {
        UndoRecords.Make(state);
        try
        {
            return new FileStream(Path.Combine(state, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new SetupException($"Another helper works with {state}. It undoes everything when it is stopped: sudo systemctl stop sandbox-agent-faults");
        }
    }

    // Whatever was left by a helper that ended is undone first.
    private static async Task<FaultBook> OpenAsync(ParseResult parse, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux()) throw new SetupException("There are seeded faults for Linux only.");
        var tree = new Tree(parse.GetValue(Root)!);
        if (!Directory.Exists(tree.Root)) throw new SetupException($"{tree.Root} is no folder. --root names the folder that stands for /.");
        var book = new FaultBook(UndoRecords.In(parse.GetValue(State)!), AllFaults.On(tree), tree, TimeProvider.System);
        await book.UndoAllAsync(ct);
        return book;
    }
}
