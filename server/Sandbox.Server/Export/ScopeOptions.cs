using System.CommandLine;
using System.Globalization;
using Sandbox.Evidence.Catalogue;
using Sandbox.Protocol;
using Sandbox.Server.Devices;
using Sandbox.Server.Hosting;
using Sandbox.Server.People;

namespace Sandbox.Server.Export;

/// <summary>The options by which commands narrow what they show of the log.</summary>
internal sealed class ScopeOptions
{
    private static readonly string[] _forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK"];

    private readonly Option<string?> _person = new("--person") { Description = "Entries about this person: what they type to sign in, or their id, as of somebody who was erased" };
    private readonly Option<string[]> _line = new("--line") { Description = "Entries about this line of the schedule, such as 1.3; may be given several times. Then it cannot be shown that none is missing", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _device = new("--device") { Description = "Entries about this device: name or first digits of the id" };
    private readonly Option<string?> _from = new("--from") { Description = "Entries of this day or later, UTC: 2026-11-23" };
    private readonly Option<string?> _until = new("--until") { Description = "Entries before this day, UTC" };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_person, _line, _device, _from, _until];

    /// <summary>What was asked for.</summary>
    /// <exception cref="SetupException">Something that was named is not there, or is no day.</exception>
    public async Task<ExportScope> ReadAsync(ParseResult parse, CommandStore store, CancellationToken ct)
    {
        var person = parse.GetValue(_person) is { } typed ? Guid.TryParse(typed, out var id) ? id : Pick.One(typed, "person", "sandbox-server people list", await store.Get<Roster>().ListAsync(ct), x => x.Name).Id : (Guid?)null;
        var device = parse.GetValue(_device) is { } named ? DevicesCommand.Id(await DevicesCommand.OneAsync(named, store, ct)) : (DeviceId?)null;
        return Of(person, device, parse.GetValue(_line) ?? [], parse.GetValue(_from), parse.GetValue(_until));
    }

    /// <summary>The same, as typed into a form.</summary>
    /// <exception cref="SetupException">A line or a day is none.</exception>
    public static ExportScope Of(Guid? person, DeviceId? device, IReadOnlyList<string> lines, string? from, string? until) => Of(person, device, lines, At(from), At(until));

    /// <summary>The same, as programs say it.</summary>
    /// <exception cref="SetupException">A line is none, or the period ends before it begins.</exception>
    public static ExportScope Of(Guid? person, DeviceId? device, IReadOnlyList<string> lines, DateTimeOffset? from, DateTimeOffset? until)
    {
        if (lines.FirstOrDefault(line => Schedule.Current.Line(line) is null) is { } unknown) throw new SetupException($"The schedule has no line {unknown}: give one such as 1.3.");
        var scope = new ExportScope { Person = person, Device = device, Lines = [.. lines.Distinct()], From = from, Until = until };
        return scope.Until <= scope.From ? throw new SetupException("The period ends before it begins: let it end later.") : scope;
    }

    private static DateTimeOffset? At(string? typed) => typed is null or "" ? null
        : DateTimeOffset.TryParseExact(typed, _forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : throw new SetupException($"'{typed}' is no day: write it as 2026-11-23, or to the second as 2026-11-23T17:00:00Z.");
}
