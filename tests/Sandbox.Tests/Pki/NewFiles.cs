using Sandbox.Server.Pki;

namespace Sandbox.Tests.Pki;

/// <summary>New files that are written by a stream: whole under their name, or not there.</summary>
public sealed class NewFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "lab.zip");

    private string Beside => Path + ".sandbox-new";

    [Fact]
    public async Task A_file_has_its_name_when_it_is_whole_and_its_owner_alone_reads_it()
    {
        await WriteAsync("whole", () =>
        {
            Assert.False(File.Exists(Path));
            return Task.CompletedTask;
        });

        Assert.Equal("whole", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.Equal(["lab.zip"], Directory.EnumerateFiles(_folder.Path).Select(System.IO.Path.GetFileName));
        if (!OperatingSystem.IsWindows()) Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task What_fails_in_the_middle_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => DurableFile.WriteNewAsync<string>(Path, DurableFile.Secret, _ => throw new InvalidDataException()));

        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task What_is_not_to_be_leaves_nothing()
    {
        Assert.Null(await DurableFile.WriteNewAsync(Path, DurableFile.Secret, _ => Task.FromResult<string?>(null)));

        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task A_file_of_that_name_is_not_replaced()
    {
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("mine", () => File.WriteAllTextAsync(Path, "theirs", TestContext.Current.CancellationToken)));

        Assert.Equal("theirs", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Beside));
    }

    [Fact]
    public async Task Of_several_that_want_one_name_at_once_one_gets_it_and_the_others_are_told()
    {
        for (var round = 0; round < 200; round++)
        {
            var path = $"{Path}.{round}";
            var besides = Enumerable.Range(0, 4).Select(i => $"{path}.of-{i}").ToList();
            foreach (var beside in besides) await File.WriteAllTextAsync(beside, beside, TestContext.Current.CancellationToken);
            using var together = new Barrier(besides.Count);

            var got = await Task.WhenAll(besides.Select(beside => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return NewName.TryGive(beside, path);
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.Equal(besides[Assert.Single(got.Index(), one => one.Item).Index], await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_file_that_only_looks_like_a_left_one_is_somebodys_own_and_stays()
    {
        await File.WriteAllTextAsync(Path + ".new", "theirs", TestContext.Current.CancellationToken);

        await WriteAsync("whole");

        Assert.Equal("theirs", await File.ReadAllTextAsync(Path + ".new", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_killed_run_left_goes_with_its_mode()
    {
        await File.WriteAllTextAsync(Beside, "a longer half of something", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Beside, DurableFile.Open);

        await WriteAsync("whole");

        Assert.Equal("whole", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows()) Assert.Equal(DurableFile.Secret, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task What_somebody_else_writes_at_this_moment_stays()
    {
        await WriteAsync("first", () => Assert.ThrowsAnyAsync<IOException>(() => WriteAsync("second")));

        Assert.Equal("first", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_link_of_that_name_leads_nowhere()
    {
        var elsewhere = System.IO.Path.Combine(_folder.Path, "elsewhere");
        await File.WriteAllTextAsync(elsewhere, "kept", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Beside, elsewhere);

        await WriteAsync("whole");

        Assert.Equal("kept", await File.ReadAllTextAsync(elsewhere, TestContext.Current.CancellationToken));
        Assert.Null(new FileInfo(Path).LinkTarget);
    }

    public void Dispose() => _folder.Dispose();

    private Task<string?> WriteAsync(string text, Func<Task>? meanwhile = null) => DurableFile.WriteNewAsync(Path, DurableFile.Secret, async file =>
    {
        await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        if (meanwhile is not null) await meanwhile();
        return text;
    });
}
