using System.Diagnostics;
using Sandbox.Protocol;
using static Sandbox.Protocol.AclEntry.Types;

namespace Sandbox.Tests.FolderShares;

/// <summary>ACLs that setfacl set, held against what getfacl says of them.</summary>
public sealed class RealAcls : IDisposable
{
    private const string Set = "/usr/bin/setfacl";
    private const string Get = "/usr/bin/getfacl";
    private readonly ShareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Entries_are_those_that_getfacl_lists()
    {
        Assert.SkipUnless(File.Exists(Set) && File.Exists(Get), "setfacl and getfacl are not installed here. Type: sudo apt-get install acl");
        _machine.With("etc/exports", "/srv *(rw)\n").Files.WithFolder("srv");
        var (failed, said) = await RunAsync(Set, "-m", "u:12345:rwx,g:54321:r-x,g:7:rw-,m::r-x,o::---,d:u:12345:rwx,d:g::r-x", _machine.Files.At("srv"));
        Assert.SkipWhen(failed && said.Contains("not supported", StringComparison.OrdinalIgnoreCase), "the temporary folder's file system knows no ACLs");
        Assert.False(failed, said);

        var folder = (await _machine.ReadAsync()).Folders.Single();

        var (_, listed) = await RunAsync(Get, "-n", "-p", _machine.Files.At("srv"));
        var lines = listed.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(lines.Where(line => !line[0].StartsWith("default:", StringComparison.Ordinal)).Select(Line), folder.Acl.Select(Line));
        Assert.Equal(lines.Where(line => line[0].StartsWith("default:", StringComparison.Ordinal)).Select(line => Line([line[0]["default:".Length..], .. line[1..]])), folder.DefaultAcl.Select(Line));
    }

    [Fact]
    public async Task A_folder_without_an_ACL_has_none()
    {
        _machine.With("etc/exports", "/srv *(rw)\n").Files.WithFolder("srv");

        var fact = await _machine.ReadAsync();

        Assert.Equal((true, 0, 0, 0), (fact.Folders.Single().Present, fact.Folders.Single().Acl.Count, fact.Folders.Single().DefaultAcl.Count, fact.Unseen.Count));
    }

    private static string Line(string[] words) => words.Length > 1 && words[1].StartsWith("#effective:", StringComparison.Ordinal) ? $"{words[0]} {words[1]["#effective:".Length..]}" : words[0];

    private static string Line(AclEntry entry)
    {
        var kind = entry.Kind switch { Kind.Owner or Kind.User => "user", Kind.OwningGroup or Kind.Group => "group", Kind.Mask => "mask", _ => "other" };
        return $"{kind}:{entry.Name}:{entry.Permissions}{(entry.HasEffective ? $" {entry.Effective}" : "")}";
    }

    private static async Task<(bool Failed, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        said += await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode != 0, said);
    }
}
