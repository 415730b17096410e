using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Sandbox.Storage.Postgres.Copies;

/// <summary>What a copy holds beside the rows, in <c>tables.json</c>.</summary>
/// <param name="Schema">The last migration.</param>
/// <param name="Tables">Its tables; none comes before one that its rows point to.</param>
/// <param name="Sequences">Where its sequences are, those of numbered rows among them.</param>
internal sealed record CopiedTables(string Schema, IReadOnlyList<CopiedTable> Tables, IReadOnlyList<CopiedSequence> Sequences)
{
    private const string Name = "tables.json";

    /// <summary>The tables of this build's schema, without the one that counts migrations.</summary>
    public static IReadOnlyList<CopiedTable> Of(SandboxDb db)
    {
        var waiting = db.Model.GetRelationalModel().Tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var sorted = new List<CopiedTable>();
        while (waiting.Count > 0)
        {
            var next = waiting.First(table => table.ForeignKeyConstraints.All(key => key.PrincipalTable == table || !waiting.Contains(key.PrincipalTable)));
            waiting.Remove(next);
            sorted.Add(new CopiedTable(next.Name, [.. next.Columns.Select(column => column.Name)]));
        }
        return sorted;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is missing or cannot be understood.</exception>
    public static CopiedTables Load(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), CopiedTablesJson.Default.CopiedTables) ?? throw new JsonException("it is empty");
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException)
        {
            throw new InvalidDataException($"{Name} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Writes it.</summary>
    public void Save(string folder) => File.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, CopiedTablesJson.Default.CopiedTables));
}

/// <summary>A table of a copy, whose rows lie in <c>NAME.copy</c> as PostgreSQL's COPY writes them in its binary format.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns, in the order of the file.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>The statement that writes the rows. The log's entries come in the order of their places: so a copy is read from its beginning to its end.</summary>
    [JsonIgnore]
    public string Out => $"COPY (SELECT {List} FROM \"{Name}\"{(Name == CopiedLog.Entries ? " ORDER BY \"LeafIndex\"" : "")}) TO STDOUT (FORMAT binary)";

    /// <summary>The statement that takes them.</summary>
    [JsonIgnore]
    public string In => $"COPY \"{Name}\" ({List}) FROM STDIN (FORMAT binary)";

    private string List => string.Join(", ", Columns.Select(column => $"\"{column}\""));

    /// <summary>The file of its rows.</summary>
    public string File(string folder) => Path.Combine(folder, Name + ".copy");
}

/// <summary>A sequence of a copy.</summary>
/// <param name="Name">The sequence.</param>
/// <param name="Last">The number that it gave last; it is read after the rows, so no row has a later one.</param>
internal sealed record CopiedSequence(string Name, long Last);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CopiedTables))]
internal sealed partial class CopiedTablesJson : JsonSerializerContext;
