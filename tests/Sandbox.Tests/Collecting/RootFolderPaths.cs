using System.Text;
using Sandbox.Agent.Collecting;

namespace Sandbox.Tests.Collecting;

public sealed class RootFolderPaths : IDisposable
{
    private readonly MachineFiles _files = new();
    private readonly RootFolder _root;

    public RootFolderPaths() => _root = new RootFolder(_files.Root);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_absolute_link_starts_at_the_root_folder_again()
    {
        _files.With("run/stub", "ours").WithLink("etc/resolv.conf", "/run/stub");

        Assert.Equal(_files.At("run/stub"), _root.Resolve("etc/resolv.conf"));
    }

    [Fact]
    public void No_link_leads_out_of_the_root_folder()
    {
        _files.WithLink("etc/passwd", "../../../../../../../../etc/passwd");

        Assert.Equal(_files.At("etc/passwd"), Path.GetFullPath(_root.Resolve("../../etc/passwd")));
        Assert.False(_root.TryRead("etc/hosts", out _, out _));
    }

    [Fact]
    public void A_pipe_is_no_file_and_nobody_waits_for_it()
    {
        using (var mkfifo = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [_files.At("pipe")])) mkfifo.WaitForExit();

        Assert.False(_root.TryRead("pipe", out _, out var unseen));
        Assert.Equal(("/pipe", "a pipe, not a file"), (unseen.What, unseen.Why));
    }

    [Fact]
    public void A_device_is_no_file()
    {
        var live = new RootFolder("/");

        Assert.False(live.TryRead("dev/zero", out _, out var unseen));
        Assert.Equal("a device, not a file", unseen.Why);
    }

    [Fact]
    public void A_folder_with_more_entries_than_anybody_needs_is_cut_and_says_so()
    {
        _files.WithFolder("many");
        for (var i = 0; i <= 10_000; i++) File.WriteAllBytes(_files.At($"many/{i}"), []);

        Assert.Equal(10_000, _root.List("many", out var unseen).Count);
        Assert.Equal("more than 10000 entries; the others are left out", unseen?.Why);
    }

    [Fact]
    public void A_linked_folder_on_the_way_is_followed()
    {
        _files.With("usr/lib/a", "x").WithLink("lib", "usr/lib");

        Assert.Equal(_files.At("usr/lib/a"), _root.Resolve("lib/a"));
    }

    [Fact]
    public void Links_in_a_circle_end()
    {
        _files.WithLink("a", "b").WithLink("b", "a");

        Assert.False(_root.TryRead("a", out _, out var unseen));
        Assert.Equal("/a", unseen.What);
    }

    [Fact]
    public void A_folder_is_no_file_and_says_so()
    {
        _files.WithFolder("etc/shadow");

        _root.TryRead("etc/shadow", out _, out var unseen);

        Assert.Equal("a folder, not a file", unseen?.Why);
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_not_taken_in()
    {
        _files.With("etc/large", new string('x', (1 << 20) + 1));

        _root.TryRead("etc/large", out _, out var unseen);

        Assert.Equal("larger than 1024 KiB", unseen?.Why);
    }

    [Fact]
    public void A_file_longer_than_the_first_buffer_is_read_whole()
    {
        _files.With("etc/long", new string('x', 10_000) + "\nend");

        Assert.True(_root.TryRead("etc/long", out var text, out _));
        Assert.Equal(10_004, text.Length);
    }

    [Fact]
    public void The_running_system_is_read_as_it_is() => Assert.Equal("/etc/passwd", new RootFolder("/").Resolve("etc/passwd"));

    [Theory]
    [InlineData("a\nb\n", "a b"), InlineData("a\n\nb", "a  b"), InlineData("", ""), InlineData("\n", "")]
    public void Lines_are_read_with_and_without_an_end(string text, string lines)
    {
        _files.With("f", text);
        var read = new List<string>();

        using (var bytes = new ByteLines(_files.At("f")))
            while (bytes.Next(out var line)) read.Add(Encoding.UTF8.GetString(line));

        Assert.Equal(lines, string.Join(' ', read));
    }

    [Fact]
    public void A_line_across_two_fillings_of_the_buffer_is_whole()
    {
        _files.With("f", new string('a', 65_000) + "\n" + new string('b', 3_000) + "\n");
        using var bytes = new ByteLines(_files.At("f"));

        bytes.Next(out _);
        bytes.Next(out var second);

        Assert.Equal(3_000, second.Length);
    }
}
