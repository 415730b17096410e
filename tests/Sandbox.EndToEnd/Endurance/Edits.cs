using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>Changes to a machine's files, each of which becomes a report of its own as long as the agent lives.</summary>
internal static class Edits
{
    /// <summary>Longer than the agent takes two changes for one.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(70);

    /// <summary>Makes one of them.</summary>
    public static void Make(MachineFiles files, int edit)
    {
        switch (edit % 3)
        {
            case 0: files.SetMaxDays(100 + (edit % 300)); break;
            case 1: files.Write("etc/shadow", $"root:*:19700:0:99999:7:::\nelif:!:19700:0:{100 + (edit % 300)}:7:::\n"); break;
            default: files.Write("etc/os-release", $"PRETTY_NAME=\"storm {edit}\"\nID=debian\n"); break;
        }
    }

    /// <summary>Goes on until the token ends it.</summary>
    /// <param name="files">The machine's.</param>
    /// <param name="mayGoOn">Asked after each edit, with its number, until it says yes.</param>
    /// <param name="ct">The end.</param>
    public static async Task MakeAsync(MachineFiles files, Func<int, bool> mayGoOn, CancellationToken ct)
    {
        try
        {
            for (var edit = 1; ; edit++)
            {
                Make(files, edit);
                do await Task.Delay(Between, TimeProvider.System, ct);
                while (!mayGoOn(edit));
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }
}
