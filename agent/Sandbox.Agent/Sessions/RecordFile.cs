using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Sessions;

/// <summary>A file of records of one length. Each is read where it lies, so that a sparse file costs what is asked of it, not what it spans.</summary>
internal sealed class RecordFile(string path, int length) : IDisposable
{
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file = RegularFile.Open(path);
    private readonly byte[] _record = new byte[length];

    /// <summary>The record of that number, valid until the next call. False: the file ends before it does.</summary>
    public bool Read(long number, out ReadOnlySpan<byte> record)
    {
        var got = 0;
        while (got < length && RandomAccess.Read(_file, _record.AsSpan(got), (number * length) + got) is > 0 and var more) got += more;
        record = _record;
        return got == length;
    }

    public void Dispose() => _file.Dispose();
}
