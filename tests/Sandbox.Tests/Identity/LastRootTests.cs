using Sandbox.Agent;

namespace Sandbox.Tests.Identity;

public sealed class LastRootTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AgentFolders _folders;

    public LastRootTests()
    {
        _folders = new AgentFolders(_folder.Path);
        Directory.CreateDirectory(_folders.Root);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/"), InlineData("/mnt/disk")]
    public void A_folder_that_was_never_run_takes_any(string root)
    {
        Last.Take(root, change: false);

        Assert.Equal(root, Last.Read());
    }

    [Theory]
    [InlineData("/mnt/disk", "/mnt/disk/"), InlineData("/mnt/disk", "/mnt/../mnt/disk"), InlineData("/", "/")]
    public void The_same_as_the_last_time_is_taken_however_it_is_written(string before, string now)
    {
        Last.Take(before, change: false);

        Last.Take(now, change: false);

        Assert.Equal(before, Last.Read());
    }

    [Theory]
    [InlineData("/mnt/disk", "/"), InlineData("/", "/mnt/disk"), InlineData("/mnt/disk", "/mnt/other")]
    public void Another_is_refused_and_not_remembered(string before, string now)
    {
        Last.Take(before, change: false);

        Assert.Throws<SetupException>(() => Last.Take(now, change: false));

        Assert.Equal(before, Last.Read());
    }

    [Fact]
    public void The_refusal_says_what_it_was_what_was_asked_and_what_to_type_for_either()
    {
        Last.Take("/mnt/disk", change: false);

        var words = Assert.Throws<SetupException>(() => Last.Take("/", change: false)).Message;

        Assert.Contains("ran with --root /mnt/disk the last time and is asked to run with this machine's own files (--root /) now", words, StringComparison.Ordinal);
        Assert.Contains($"To go on as before, type: {Typed.Agent("run --data")} {_folder.Path} --root /mnt/disk\n", words, StringComparison.Ordinal);
        Assert.EndsWith($"type: {Typed.Agent("run --data")} {_folder.Path} --change-root", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_is_taken_on_purpose_and_then_it_is_the_one()
    {
        Last.Take("/mnt/disk", change: false);

        Last.Take("/", change: true);

        Assert.Equal("/", Last.Read());
        Assert.Throws<SetupException>(() => Last.Take("/mnt/disk", change: false));
    }

    [Fact]
    public void What_starts_the_agent_names_it_and_the_data_folder()
    {
        Last.Take("/mnt/old disk", change: false);

        Assert.Equal($"{Typed.Agent("run --data")} {_folder.Path} --root '/mnt/old disk'", Installed.Start(_folders));
    }

    [Theory]
    [InlineData(""), InlineData("\n")]
    public void A_file_that_says_nothing_is_no_folder_for_root(string text)
    {
        File.WriteAllText(_folders.LastRoot, text);

        Assert.Null(Last.Read());
    }

    [Fact]
    public void That_it_cannot_be_written_down_keeps_no_agent_from_starting()
    {
        Directory.CreateDirectory(_folders.LastRoot);

        Last.Take("/", change: false);

        Assert.Null(Last.Read());
    }

    private LastRoot Last => new(_folders);
}
