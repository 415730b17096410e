using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>
/// Changes to a machine's files, each of which becomes a report of its own as long as the agent lives. What they mend of an apprentice's machine
/// they mend for good, whichever of them is lost to a kill; the accounts of guests come and go, and each is evidence of its own.
/// </summary>
internal static class Edits
{
    /// <summary>Longer than the agent takes two changes for one.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(70);

    // Values of which each passes, though the machine began with another that did not.
    private const int LeastDays = 100;
    private const int OtherDays = 60;
    private const int FirstGuest = 2000;

    /// <summary>Prepares a machine, on which what is to be mended is wrong, and which is no other's double.</summary>
    public static void Prepare(MachineFiles files, int machine)
    {
        files.Write("etc/machine-id", $"{machine:x32}\n");
        files.SetPasswordDays(99999);
    }

    /// <summary>Makes one of them.</summary>
    public static void Make(MachineFiles files, int edit, int editsPerGuest)
    {
        if (edit % editsPerGuest == 0)
        {
            SetGuest(files, FirstGuest + (edit / editsPerGuest));
            return;
        }

        switch (edit % 4)
        {
            case 0: files.SetMaxDays(LeastDays + (edit % OtherDays)); break;
            case 1: files.SetPasswordDays(LeastDays + (edit % OtherDays)); break;
            // It passed at first, so it earns nothing: its verdict turns again and again.
            case 2: SetMinimumLength(files, edit % 8 == 2 ? 8 : 14); break;
            default: files.Write("etc/os-release", $"PRETTY_NAME=\"storm {edit}\"\nID=debian\n"); break;
        }
    }

    /// <summary>Sets the least length of a password.</summary>
    public static void SetMinimumLength(MachineFiles files, int length) => files.Write("etc/security/pwquality.conf", $"minlen = {length}\n");

    /// <summary>Lets one guest in, and the one before out. Null: nobody.</summary>
    public static void SetGuest(MachineFiles files, int? uid) => files.Write("etc/passwd",
        "root:x:0:0:root:/root:/bin/bash\nelif:x:1000:1000:Elif:/home/elif:/bin/bash\n" + (uid is { } guest ? $"guest-{guest}:x:{guest}:{guest}::/home/guest:/bin/bash\n" : ""));

    /// <summary>Goes on until the token ends it.</summary>
    /// <param name="files">The machine's.</param>
    /// <param name="editsPerGuest">After how many edits another guest comes.</param>
    /// <param name="mayGoOn">Asked after each edit, with its number, until it says yes.</param>
    /// <param name="ct">The end.</param>
    public static async Task MakeAsync(MachineFiles files, int editsPerGuest, Func<int, bool> mayGoOn, CancellationToken ct)
    {
        try
        {
            for (var edit = 1; ; edit++)
            {
                Make(files, edit, editsPerGuest);
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
