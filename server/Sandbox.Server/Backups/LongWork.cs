namespace Sandbox.Server.Backups;

/// <summary>Work that may take minutes, and says that it goes on.</summary>
internal static class LongWork
{
    /// <summary>Time between two words; what is quicker says nothing.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Waits for it.</summary>
    /// <param name="work">What goes on.</param>
    /// <param name="state">How far it is, in words.</param>
    /// <param name="error">Where the words go.</param>
    /// <param name="time">The clock.</param>
    public static async Task TellAsync(Task work, Func<string> state, TextWriter error, TimeProvider time)
    {
        while (await Task.WhenAny(work, Task.Delay(Every, time, CancellationToken.None)) != work) await error.WriteLineAsync(state());
        await work;
    }
}
