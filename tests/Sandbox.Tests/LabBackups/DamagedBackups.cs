using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Sandbox.Server.Hosting;
using Sandbox.Tests.ServerHost;
using Sandbox.Tests.Storage.Conformance;

namespace Sandbox.Tests.LabBackups;

/// <summary>Backups that were cut off, altered, or come from elsewhere: found out before anything is put in place.</summary>
public sealed class DamagedBackups : IAsyncLifetime
{
    private const string Database = "store/sandbox.db";
    private const string Manifest = "manifest.json";

    private SavedLab _lab = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await SavedLab.OfAsync(StoreKind.Sqlite, 300);
        await _lab.BackupAsync();
    }

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_whole_one_is_verified()
    {
        var (code, output, _) = await VerifyAsync();

        Assert.Equal(0, code);
        Assert.Contains("people: 2\ndevices: 0\nreports: 0\nlog: 300 entries, signed checkpoint of 300\nverifier-key: localhost/evidence+", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public async Task One_that_was_cut_off_is_refused(double part)
    {
        await using (var file = File.OpenWrite(_lab.Backup)) file.SetLength((long)(file.Length * part));

        await RefusedAsync(2, "is no backup of a sandbox-server, or its end is missing.");
    }

    [Fact]
    public async Task Wherever_a_bit_turns_over_it_is_found_or_says_nothing()
    {
        var whole = await File.ReadAllBytesAsync(_lab.Backup, Ct);
        for (var i = 0; i < 12; i++)
        {
            var (bytes, at) = ((byte[])whole.Clone(), RandomNumberGenerator.GetInt32(whole.Length / 4, whole.Length * 3 / 4));
            bytes[at] ^= (byte)(1 << RandomNumberGenerator.GetInt32(8));
            await File.WriteAllBytesAsync(_lab.Backup, bytes, Ct);

            var (code, _, error) = await VerifyAsync();

            // A zip has bits that mean nothing: when a part was changed, and what fills up the last byte of one.
            Assert.True(code is 1 or 2 || Parts(bytes).SequenceEqual(Parts(whole)), $"byte {at}: {error}");
        }
    }

    [Fact]
    public async Task Something_else_is_refused()
    {
        await File.WriteAllTextAsync(_lab.Backup, "Dear diary", Ct);

        await RefusedAsync(2, "is no backup of a sandbox-server");
    }

    [Fact]
    public async Task Another_zip_is_refused()
    {
        File.Delete(_lab.Backup);
        await using (var zip = await ZipFile.OpenAsync(_lab.Backup, ZipArchiveMode.Create, Ct)) zip.CreateEntry("letter.txt");

        await RefusedAsync(2, "is no backup of a sandbox-server");
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        File.Delete(_lab.Backup);

        await RefusedAsync(2, "does not exist.");
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", 2, "was made by a newer program (")]
    [InlineData("\"entries\": 300", "\"entries\": 301", 1, "the log has 300 entries, but the manifest says 301")]
    [InlineData("\"people\": 2", "\"people\": 3", 1, "there are 2 people, 0 devices, 0 reports, but the manifest says 3 people")]
    [InlineData("\"parts\": [", "\"parts\": null, \"x\": [", 1, "manifest.json cannot be understood")]
    [InlineData("store/sandbox.db", "store/../../sandbox.db", 1, "is missing")]
    [InlineData("localhost/evidence\\n300", "localhost/evidence\\n299", 1, "the log's checkpoint is not the one that the manifest shows")]
    [InlineData("localhost/evidence\\u002B", "localhost/evidence2\\u002B", 1, "manifest.json names a key that is none")]
    public async Task A_manifest_that_says_something_else_is_refused(string from, string to, int code, string words)
    {
        SavedLab.Change(_lab.Backup, Manifest, json => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json) is var text && text.Contains(from, StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new InvalidOperationException(text)));

        await RefusedAsync(code, words);
    }

    [Fact]
    public async Task A_part_that_its_manifest_does_not_name_is_refused()
    {
        await using (var zip = await ZipFile.OpenAsync(_lab.Backup, ZipArchiveMode.Update, Ct)) zip.CreateEntry("more");

        await RefusedAsync(1, "parts, but its manifest names");
    }

    [Theory]
    [InlineData("DELETE FROM LogEntries WHERE LeafIndex = 7", "entry 7 is gone")]
    [InlineData("UPDATE LogEntries SET Leaf = (SELECT Leaf FROM LogEntries WHERE LeafIndex = 9) WHERE LeafIndex = 8", "tile/0/000 differs from the leaves from its hash 8 on")]
    [InlineData("UPDATE LogHeads SET Size = 299", "the root of 299 entries is")]
    [InlineData("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '10')", "was made by a newer build (29990101000000_Later)")]
    public async Task Whoever_alters_the_database_and_all_checksums_is_found_by_the_log(string sql, string words)
    {
        AlterDatabase(sql);

        var (code, _, error) = await VerifyAsync();

        Assert.NotEqual(0, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    private void AlterDatabase(string sql)
    {
        var (file, hash) = (Path.Combine(_lab.Elsewhere, "altered.db"), "");
        SavedLab.Change(_lab.Backup, Database, bytes =>
        {
            File.WriteAllBytes(file, bytes);
            using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                Assert.True(command.ExecuteNonQuery() > 0);
            }
            var altered = File.ReadAllBytes(file);
            hash = $"{{ \"name\": \"{Database}\", \"bytes\": {altered.Length}, \"sha256\": \"{Convert.ToHexStringLower(SHA256.HashData(altered))}\" }}";
            return altered;
        });
        SavedLab.Change(_lab.Backup, Manifest, json =>
        {
            var manifest = System.Text.Json.Nodes.JsonNode.Parse(json)!;
            var parts = manifest["parts"]!.AsArray();
            parts[parts.ToList().FindIndex(part => (string?)part!["name"] == Database)] = System.Text.Json.Nodes.JsonNode.Parse(hash);
            return Encoding.UTF8.GetBytes(manifest.ToJsonString());
        });
    }

    private async Task RefusedAsync(int code, string words)
    {
        var verified = await VerifyAsync();
        using var empty = ServerFolder.Empty();
        var restored = await Commands.RunAsync(empty, "restore", _lab.Backup, "--passphrase-file", _lab.Secret);

        Assert.Equal((code, code), (verified.Code, restored.Code));
        Assert.Contains(words, verified.Error, StringComparison.Ordinal);
        Assert.Contains(words, restored.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(empty.Data));
    }

    private async Task<(int Code, string Output, string Error)> VerifyAsync()
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        return (await ServerProgram.RunAsync(["backup", "verify", _lab.Backup], output, error, Ct), output.ToString(), error.ToString());
    }

    private static IEnumerable<(string Name, string Hash)> Parts(byte[] backup)
    {
        using var zip = new ZipArchive(new MemoryStream(backup));
        return [.. zip.Entries.Select(part =>
        {
            using var bytes = part.Open();
            return (part.FullName, Convert.ToHexString(SHA256.HashData(bytes)));
        })];
    }
}
