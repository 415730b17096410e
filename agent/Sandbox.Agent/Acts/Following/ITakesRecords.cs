namespace Sandbox.Agent.Acts.Following;

/// <summary>Cuts the bytes of a log into its records and reads them.</summary>
internal interface ITakesRecords
{
    /// <summary>Most bytes of one record: a longer one is handed over once, cut, and the rest of its line is passed over.</summary>
    int Longest { get; }

    /// <summary>Reads the whole records at the beginning of the bytes.</summary>
    /// <param name="bytes">Never empty.</param>
    /// <param name="at">Where in which file they lie.</param>
    /// <param name="cut">They are the beginning of a record that is longer than <see cref="Longest"/>.</param>
    /// <returns>How many bytes the records took. 0: there is no whole one yet.</returns>
    int Take(ReadOnlySpan<byte> bytes, RecordPlace at, bool cut);
}

/// <summary>Where a record lies.</summary>
/// <param name="Path">Of the log, as people write it, whatever the file is called now.</param>
/// <param name="Inode">Of the file.</param>
/// <param name="Offset">In it.</param>
internal readonly record struct RecordPlace(string Path, ulong Inode, long Offset)
{
    /// <summary>So many bytes further on.</summary>
    public RecordPlace Plus(int bytes) => this with { Offset = Offset + bytes };

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}@{Inode}+{Offset}");
}
