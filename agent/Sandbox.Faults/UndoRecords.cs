using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Faults;

/// <summary>The undo records on disk, a file for each fault, named by its id. What is written is durable before the call returns.</summary>
internal sealed class UndoRecords
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string End = ".undo";
    private readonly string _folder;

    private UndoRecords(string folder) => _folder = folder;

    /// <summary>Those in a folder, which is made if it is missing.</summary>
    /// <exception cref="SetupException">It cannot be made.</exception>
    public static UndoRecords In(string folder)
    {
        Make(folder);
        return new UndoRecords(Path.GetFullPath(folder));
    }

    /// <summary>Makes the folder if it is missing.</summary>
    /// <exception cref="SetupException">It cannot be made.</exception>
    public static void Make(string folder)
    {
        try
        {
            if (System.OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, Secret | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new SetupException($"The folder {folder} cannot be made: {fault.Message.TrimEnd('.')}. Choose another with --state DIR, or run it as root (sudo).");
        }
    }

    /// <summary>All of them.</summary>
    /// <exception cref="SetupException">One is damaged: what it would undo is not known.</exception>
    public List<FaultRecord> Read() => [.. Directory.EnumerateFiles(_folder, $"*{End}").Order(StringComparer.Ordinal).Select(Read)];

    public void Write(FaultRecord record) => DurableFile.Write(FileOf(record), record.ToByteArray(), Secret);

    public void Delete(FaultRecord record) => DurableFile.Delete(FileOf(record));

    private static FaultRecord Read(string path)
    {
        try
        {
            return FaultRecord.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (InvalidProtocolBufferException)
        {
            throw new SetupException($"{path} is damaged, so what it would undo is not known. Look at the four places in the agent's README.md under Seeded faults, then move the file away.");
        }
    }

    private string FileOf(FaultRecord record) => Path.Combine(_folder, Convert.ToHexStringLower(record.Id.Span) + End);
}
