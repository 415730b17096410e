using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.ServerHost;

/// <summary>Which store a lab keeps its data in.</summary>
public sealed class StoreOptionTests
{
    [Fact]
    public async Task Without_a_word_it_is_sqlite_in_the_data_folder()
    {
        using var folder = ServerFolder.Empty();

        await Commands.DoneAsync(folder, "init", "--host", "localhost");

        Assert.Equal("sqlite", ServerSettings.Load(folder.Folders)!.Store);
        Assert.True(File.Exists(folder.Folders.Database));
    }

    [Fact]
    public async Task A_lab_of_an_older_build_is_one_of_sqlite()
    {
        using var folder = await ServerFolder.ReadyAsync();
        var text = await File.ReadAllTextAsync(folder.Folders.Settings, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.Folders.Settings, text.Replace("\"store\": \"sqlite\",", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal("sqlite", ServerSettings.Load(folder.Folders)!.Store);
    }

    [Fact]
    public async Task Postgres_is_set_up_remembered_and_used_by_commands()
    {
        using var folder = ServerFolder.Empty();
        var address = (await SharedPostgres.EmptyDatabaseAsync()).ToString();

        await Commands.DoneAsync(folder, "init", "--host", "localhost", "--store", address);
        await Commands.DoneAsync(folder, "people", "add", "elif", "--role", "apprentice");

        Assert.Equal(address, ServerSettings.Load(folder.Folders)!.Store);
        Assert.Contains("elif", await Commands.DoneAsync(folder, "people", "list"), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Folders.Database));
    }

    [Fact]
    public async Task Saying_the_same_store_again_changes_nothing()
    {
        using var folder = ServerFolder.Empty();
        var address = await SharedPostgres.EmptyDatabaseAsync();
        await Commands.DoneAsync(folder, "init", "--host", "localhost", "--store", address.ToString());

        await Commands.DoneAsync(folder, "init", "--store", address.ToString().Replace("postgresql:", "postgres:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_servers_may_share_a_database()
    {
        using var folder = ServerFolder.Empty();
        using var other = ServerFolder.Empty();
        var address = (await SharedPostgres.EmptyDatabaseAsync()).ToString();

        await Task.WhenAll(
            Task.Run(() => Commands.DoneAsync(folder, "init", "--host", "localhost", "--store", address)),
            Task.Run(() => Commands.DoneAsync(other, "init", "--host", "localhost", "--store", address)));

        Assert.Contains("admin", await Commands.DoneAsync(other, "people", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_store_is_refused_with_what_to_type_and_the_data_stays_in_reach()
    {
        using var folder = await ServerFolder.ReadyAsync();
        var address = (await SharedPostgres.EmptyDatabaseAsync()).ToString();

        var (code, _, error) = await Commands.RunAsync(folder, "init", "--store", address);

        Assert.Equal(2, code);
        Assert.Contains($"keeps its data in sqlite; in {address} it would begin without people, devices and log", error, StringComparison.Ordinal);
        Assert.Contains($"--store {address} --leave-data", error, StringComparison.Ordinal);
        Assert.Equal("sqlite", ServerSettings.Load(folder.Folders)!.Store);
    }

    [Fact]
    public async Task On_purpose_a_lab_begins_anew_in_another_store()
    {
        using var folder = await ServerFolder.ReadyAsync();
        var address = (await SharedPostgres.EmptyDatabaseAsync()).ToString();

        await Commands.DoneAsync(folder, "init", "--store", address, "--leave-data");

        Assert.Equal(address, ServerSettings.Load(folder.Folders)!.Store);
        Assert.True(File.Exists(folder.Folders.Database));
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_not_remembered()
    {
        using var folder = ServerFolder.Empty();
        var cluster = await SharedPostgres.ClusterAsync();

        var (code, _, error) = await Commands.RunAsync(folder, "init", "--host", "localhost", "--store", cluster.Address("nowhere"));

        Assert.Equal(2, code);
        Assert.Contains("There is no database nowhere", error, StringComparison.Ordinal);
        await Commands.DoneAsync(folder, "init", "--host", "localhost", "--store", (await SharedPostgres.EmptyDatabaseAsync()).ToString());
    }

    [Theory]
    [InlineData("mysql://lab@db/x", "is no store. There are two: --store sqlite")]
    [InlineData("postgresql://lab:geheim@db/x", "~/.pgpass")]
    [InlineData("postgresql://db", "is no address of a PostgreSQL database")]
    public async Task What_names_no_store_is_refused_in_words(string store, string words)
    {
        using var folder = ServerFolder.Empty();

        var (code, output, error) = await Commands.RunAsync(folder, "init", "--host", "localhost", "--store", store);

        Assert.Equal(2, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_somebody_wrote_into_the_settings_is_refused_as_well()
    {
        using var folder = await ServerFolder.ReadyAsync();
        var settings = ServerSettings.Load(folder.Folders)! with { Store = "postgresql://lab:geheim@db/x" };
        settings.Save(folder.Folders);

        await Assert.ThrowsAsync<StoreUnusableException>(() => CommandStore.OpenAsync(folder.Folders, TestContext.Current.CancellationToken));
    }
}
