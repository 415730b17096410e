using CsCheck;
using Sandbox.Agent.Shares.Nfs;
using Sandbox.Protocol;

namespace Sandbox.Tests.FolderShares;

/// <summary>exports(5).</summary>
public sealed class ExportRows : IDisposable
{
    private readonly ShareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Each_client_has_its_own_options_with_file_and_line()
    {
        var exports = (await ReadAsync("# comment\n/srv/lab 192.0.2.0/24(rw,no_root_squash,sec=krb5p:krb5i) @staff(ro,all_squash)\n")).NfsExports;

        Assert.Equal(
            [
                new NfsExport { Path = "/srv/lab", Client = "192.0.2.0/24", RootIsRoot = true, Security = { "krb5p", "krb5i" }, Options = { "rw", "no_root_squash", "sec=krb5p:krb5i" }, DefinedIn = "/etc/exports", Line = 2 },
                new NfsExport { Path = "/srv/lab", Client = "@staff", ReadOnly = true, EveryoneIsNobody = true, Security = { "sys" }, Options = { "ro", "all_squash" }, DefinedIn = "/etc/exports", Line = 2 },
            ],
            exports);
    }

    [Fact]
    public async Task A_blank_before_the_bracket_opens_the_folder_to_everybody()
    {
        var exports = (await ReadAsync("/srv lab1 (rw)\n")).NfsExports;

        Assert.Equal([("lab1", true), ("*", false)], exports.Select(export => (export.Client, export.ReadOnly)));
    }

    [Fact]
    public async Task A_folder_alone_is_for_everybody_to_read()
    {
        var export = (await ReadAsync("/srv\n")).NfsExports.Single();

        Assert.Equal(("*", true, false, "sys"), (export.Client, export.ReadOnly, export.RootIsRoot, export.Security.Single()));
    }

    [Fact]
    public async Task Options_for_all_clients_come_first_and_a_client_may_say_otherwise()
    {
        var exports = (await ReadAsync("/srv -rw,no_root_squash lab1 lab2(ro,root_squash)\n")).NfsExports;

        Assert.Equal([("lab1", false, true), ("lab2", true, false)], exports.Select(export => (export.Client, export.ReadOnly, export.RootIsRoot)));
    }

    [Theory]
    [InlineData("\"/srv/My Files\" lab1(ro)", "/srv/My Files"), InlineData("/srv/My\\040Files lab1(ro)", "/srv/My Files"), InlineData("/srv/lab \\\n  lab1(ro)", "/srv/lab")]
    public async Task Folders_with_blanks_and_lines_that_go_on_are_understood(string line, string path)
    {
        var export = (await ReadAsync($"{line}\n")).NfsExports.Single();

        Assert.Equal((path, "lab1", 1u), (export.Path, export.Client, export.Line));
    }

    [Fact]
    public async Task Drop_ins_count_when_they_are_called_so_and_what_is_no_export_is_named()
    {
        _machine.With("etc/exports.d/a.exports", "/a *(ro)\n").With("etc/exports.d/.b.exports", "/b *(ro)\n").With("etc/exports.d/c.txt", "/c *(ro)\n");

        var fact = await ReadAsync("not an export\n/srv *(ro)\n");

        Assert.Equal(["/srv", "/a"], fact.NfsExports.Select(export => export.Path));
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/etc/exports", Why: "line 1 is no export" });
    }

    [Fact]
    public async Task What_the_kernel_was_told_is_told_from_what_is_only_written()
    {
        _machine.With("var/lib/nfs/etab", "/srv/My\\040Files\tlab1(ro,sync,wdelay,sec=sys)\n");

        var exports = (await ReadAsync("\"/srv/My Files\" lab1(ro) 192.0.2.0/24(ro) lab2(ro)\n/other lab1(ro)\n")).NfsExports;

        Assert.Equal([true, false, null, false], exports.Select(export => export.HasInForce ? export.InForce : default(bool?)));
    }

    [Fact]
    public async Task Without_the_kernels_list_it_is_not_known() => Assert.False((await ReadAsync("/srv *(ro)\n")).NfsExports.Single().HasInForce);

    [Fact]
    public void No_text_breaks_the_reader() => Gen.String.Sample(text => ExportLine.Parse($"/{text}") is null or { Clients.Count: > 0 }, iter: Fuzz.Times(3000), threads: 1);

    private Task<Protocol.Shares> ReadAsync(string text) => _machine.With("etc/exports", text).ReadAsync();
}
