namespace Sandbox.Agent.Acts;

/// <summary>The file that keeps how far the logs were read.</summary>
internal sealed class ActsPlace(string path, TimeProvider time)
{
    // What was read without an act in it may be read again after a crash: it is forced to the disk no more often than that.
    private static readonly TimeSpan Rare = TimeSpan.FromMinutes(1);
    private long _kept;

    /// <summary>What was kept. Null: nothing.</summary>
    public byte[]? Read()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps it. Where the disk is full the old place stands: acts are then read again after a restart, and the server knows them by their ids.</summary>
    public void Keep(byte[] state)
    {
        try
        {
            DurableFile.Replace(path, state);
            _kept = time.GetTimestamp();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _kept = 0;
        }
    }

    /// <summary>Keeps it unless that was done a moment ago.</summary>
    public void KeepNowAndThen(byte[] state)
    {
        if (_kept == 0 || time.GetElapsedTime(_kept) >= Rare) Keep(state);
    }
}
