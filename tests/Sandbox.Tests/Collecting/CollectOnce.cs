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
