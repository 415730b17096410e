using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>What lies in ClamAV's database folder: files with a header, and databases of one's own.</summary>
internal sealed class DatabaseFolder
{
    private const int MostFiles = 100;
    // Databases of one's own are counted by reading them; all together no longer than this, in characters.
    private const int MostText = 4 << 20;
    private readonly RootFolder _root;
    private readonly string _path;
    private readonly UnseenNotes _unseen;
    private int _read;
    private int _left;
    private bool _uncounted;

    private DatabaseFolder(RootFolder root, string path, UnseenNotes unseen) => (_root, _path, _unseen) = (root, path, unseen);

    /// <summary>Sorted by name.</summary>
    public List<SignatureDatabase> Files { get; } = [];

    /// <summary>Entries of lists that let something through.</summary>
    public uint Ignored { get; private set; }

    /// <summary>The daily database that clamd takes: the one of the highest version. Null: none with a sound header.</summary>
    public SignatureDatabase? Daily { get; private set; }

    /// <summary>Signatures in all files that could be counted. Null: there are some, and none could be.</summary>
    public ulong? Signatures
    {
        get
        {
            var sum = Files.Aggregate(0UL, (sum, file) => sum > ulong.MaxValue - file.Signatures ? ulong.MaxValue : sum + file.Signatures);
            return sum == 0 && _uncounted ? null : sum;
        }
    }

    /// <summary>Reads the folder; one that is not there is empty. Null: it cannot be listed, which is noted.</summary>
    public static DatabaseFolder? Read(RootFolder root, string path, bool officialOnly, UnseenNotes unseen, CancellationToken ct)
    {
        var folder = new DatabaseFolder(root, path, unseen);
        if (!root.Has(path)) return folder;
        var names = root.List(path, out var fault);
        if (fault is not null) unseen.Add(fault);
        if (fault is not null && names.Count == 0) return null;
        foreach (var name in names)
        {
            ct.ThrowIfCancellationRequested();
            folder.Add(name, officialOnly);
        }

        if (folder._left > 0) unseen.Add(Why.Of(path, $"{folder._left} databases besides the first {MostFiles} are not read"));
        return folder;
    }

    /// <summary>The version on the disk that has this number. Null: none of the daily files.</summary>
    public SignatureDatabase? DailyOf(ulong version) => Files.FirstOrDefault(file => IsDaily(file) && file.HasVersion && file.Version == version);

    private static bool IsDaily(SignatureDatabase file) => file.File is "daily.cvd" or "daily.cld" or "daily.cud";

    private void Add(string name, bool officialOnly)
    {
        var official = name.EndsWith(".cvd", StringComparison.Ordinal) || name.EndsWith(".cld", StringComparison.Ordinal);
        var packed = official || name.EndsWith(".cud", StringComparison.Ordinal);
        if (SignatureLines.IsIgnoring(name)) Ignored += Count(name) ?? 0;
        else if ((packed || SignatureLines.Is(name)) && (official || !officialOnly)) Keep(name, official, packed);
    }

    private void Keep(string name, bool official, bool packed)
    {
        if (Files.Count == MostFiles)
        {
            _left++;
            return;
        }

        var file = new SignatureDatabase { File = name, Official = official };
        if (packed) Describe(file);
        else if (Count(name) is { } count) file.Signatures = count;
        _uncounted |= !file.HasSignatures;
        Files.Add(file);
        if (IsDaily(file) && file.HasVersion && (Daily is null || Daily.Version < file.Version)) Daily = file;
    }

    private void Describe(SignatureDatabase file)
    {
        if (Header(file.File) is not { } header) return;
        file.Version = header.Version;
        if (header.BuiltAt is { } built) file.BuiltAt = built.ToTimestamp();
        if (header.Signatures is { } signatures) file.Signatures = signatures;
        if (header.BuiltAt is null || header.Signatures is null) _unseen.Add(Why.Of(At(file.File), "its header is damaged"));
    }

    private CvdHeader? Header(string name)
    {
        try
        {
            using var file = RegularFile.Open(_root.Resolve(At(name)));
            Span<byte> bytes = stackalloc byte[CvdHeader.Length];
            var length = RandomAccess.Read(file, bytes, 0);
            if (CvdHeader.Parse(bytes[..length]) is { } header) return header;
            _unseen.Add(Why.Of(At(name), "it does not begin with a database's header"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _unseen.Add(Why.Of(At(name), fault));
        }

        return null;
    }

    private uint? Count(string name)
    {
        if (_read >= MostText) _unseen.Add(Why.Of(_path, "so much in databases of one's own that not all are counted"));
        else if (!_root.TryRead(At(name), out var text, out var fault)) _unseen.Add(fault);
        else
        {
            _read += text.Length;
            return SignatureLines.Count(name, text);
        }

        return null;
    }

    private string At(string name) => $"{_path}/{name}";
}
