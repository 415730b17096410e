using System.Text.Json;
using Sandbox.Agent;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Collecting;

public sealed class CollectOnce : IDisposable
{
    private readonly MachineFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_json_has_a_property_per_fact_in_the_order_of_the_vocabulary()
    {
        var kinds = AllCollectors.For(_files.Root).SelectMany(collector => collector.Kinds).Append(Fact.KindOneofCase.AgentHealth).ToHashSet();

        using var json = JsonDocument.Parse(await PrintedAsync(json: true));

        Assert.Equal(
            Fact.Descriptor.Fields.InFieldNumberOrder().Where(field => kinds.Contains((Fact.KindOneofCase)field.FieldNumber)).Select(field => field.JsonName),
            json.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task The_json_names_what_was_not_seen()
    {
        using var json = JsonDocument.Parse(await PrintedAsync(json: true));

        Assert.Equal("/var/lib/dpkg/status", json.RootElement.GetProperty("software").GetProperty("unseen")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task The_text_says_values_in_words()
    {
        _files.With("proc/meminfo", "MemTotal: 2097152 kB\n").With("etc/machine-id", "3d1219c7c4c5404aaa1f6d2a48adfda4\n");

        var text = await PrintedAsync(json: false);

        Assert.Contains("2.0 GiB (2147483648 bytes)", text, StringComparison.Ordinal);
        Assert.Contains("3d1219c7c4c5404aaa1f6d2a48adfda4", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_says_not_known_where_nothing_is_known()
    {
        var text = await PrintedAsync(json: false);

        Assert.Matches("serial number +not known", text);
    }

    [Fact]
    public async Task A_list_is_empty_in_other_words_where_not_all_was_seen()
    {
        var text = await PrintedAsync(json: false);

        Assert.Matches("packages +none seen", text);
        Assert.Matches("gateways +none seen", text);
        Assert.DoesNotMatch("(?m)^  packages +0$", text);
    }

    [Fact]
    public async Task A_list_that_is_known_to_be_empty_has_none()
    {
        _files.With("etc/cups/cupsd.conf", "").With("usr/sbin/cupsd", "").With("etc/sudoers", "").With("etc/group", "").With("etc/passwd", "");

        Assert.Matches("(?m)^  full administrators +none$", await PrintedAsync(json: false));
    }

    [Fact]
    public async Task A_collector_that_has_nothing_to_say_yet_says_so()
    {
        _files.With("proc/net/dev", "Inter-|   Receive\n face |bytes\n");

        var text = await PrintedAsync(json: false);

        Assert.Matches("(?m)^interface counters .*\n  ok: nothing to report yet$", text);
    }

    [Fact]
    public async Task A_password_that_none_can_match_is_not_no_password()
    {
        _files.With("etc/passwd", "ann:x:1000:1000::/home/ann:/bin/sh\n").With("etc/shadow", "ann:*:20000:0:99999:7:::\n");

        Assert.Contains("password state none can match", await PrintedAsync(json: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_names_what_was_not_seen_and_what_to_do()
    {
        _files.With("etc/machine-id", "");

        var text = await PrintedAsync(json: false);

        Assert.Contains("/etc/machine-id: not 32 hexadecimal digits", text, StringComparison.Ordinal);
        Assert.Contains("sudo systemd-machine-id-setup", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_lists_are_cut_and_say_so()
    {
        _files.With("var/lib/dpkg/status", string.Concat(Enumerable.Range(0, 100).Select(i => $"Package: p{i}\nStatus: install ok installed\nVersion: 1\n\n")));

        var text = await PrintedAsync(json: false);

        Assert.Contains("and 70 more: --json shows all", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_is_no_folder_is_said_in_words()
    {
        var parsed = CollectCommand.Create().Parse(["--once", "--root", _files.At("nowhere")]);

        var fault = await Assert.ThrowsAsync<SetupException>(() => parsed.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Contains("is no folder", fault.Message, StringComparison.Ordinal);
    }

    private async Task<string> PrintedAsync(bool json)
    {
        await using var output = new StringWriter();
        await CollectCommand.PrintAsync(AllCollectors.For(_files.Root), json, output, TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
