using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Agent.Identity;
using Sandbox.Agent.Uplink;

namespace Sandbox.Agent;

/// <summary>What the agent's files say; null in a field means that nobody knows.</summary>
internal sealed record DeviceStatus
{
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(3);

    /// <summary>Whether the agent runs, and its stream was known to live within the last 3 minutes.</summary>
    public required bool Connected { get; init; }

    /// <summary>Whether there is an agent that runs.</summary>
    public required bool? Running { get; init; }

    public required string Device { get; init; }

    public required string Name { get; init; }

    /// <summary>host:port.</summary>
    public required string Server { get; init; }

    /// <summary>The folder that stood for / when the agent ran last.</summary>
    public string? Root { get; init; }

    /// <summary>Null: it is not connected.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    public DateTimeOffset? LastContact { get; init; }

    /// <summary>In words; null: none since the last welcome.</summary>
    public string? LastTrouble { get; init; }

    /// <summary>This machine's clock minus the server's.</summary>
    public long? ClockOffsetMs { get; init; }

    public required ulong UnacknowledgedReports { get; init; }

    public required DateTimeOffset CertificateEnds { get; init; }

    /// <summary>Reads the files.</summary>
    /// <exception cref="SetupException">Not enrolled, or the files cannot be read.</exception>
    public static DeviceStatus Read(AgentFolders folders, TimeProvider time)
    {
        try
        {
            var record = File.Exists(folders.Certificate) ? EnrolmentRecord.Read(folders.Enrolment) : null;
            return record is null ? throw DeviceIdentity.NotEnrolled(folders) : Of(folders, record, AgentStatus.Read(folders.Status), time);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{folders.Root} belongs to another user. Type: {Typed.AsRoot($"status{folders.DataOptionOfRoot}")}");
        }
        catch (CryptographicException fault)
        {
            throw new SetupException($"{folders.Certificate} cannot be read: {fault.Message}. Move the folder away and enrol again: {Typed.Agent($"enrol -{folders.DataOption}")}");
        }
    }

    /// <summary>The same for people.</summary>
    public IEnumerable<string> Lines(DateTimeOffset now)
    {
        yield return $"Enrolled as      {Name} (device {Device})";
        yield return $"Server           {Server}";
        if (Root is not null and not "/") yield return $"Files of         {Root}, not of this machine";
        if (Running == false) yield return $"Agent            does not run. Type: {Start}";
        yield return Connected ? $"Connected        since {ConnectedSince:u}" : "Connected        no";
        yield return $"Last contact     {(LastContact is { } last ? $"{ClockWords.Span(now - last)} ago" : "none since the agent last started")}";
        yield return $"Waiting reports  {UnacknowledgedReports}";
        yield return $"Certificate      {(CertificateEnds > now ? $"ends in {ClockWords.Span(CertificateEnds - now)}" : $"ended {ClockWords.Span(now - CertificateEnds)} ago")}, at {CertificateEnds:u}";
        if (ClockOffsetMs is { } offset) yield return $"Clock            {ClockWords.For(TimeSpan.FromMilliseconds(offset)) ?? "agrees with the server's"}";
        if (LastTrouble is not null) yield return $"Trouble          {LastTrouble}";
    }

    private string Start { get; init; } = "";

    private static DeviceStatus Of(AgentFolders folders, EnrolmentRecord record, AgentStatus? agent, TimeProvider time)
    {
        // One that was killed has left its last words.
        var running = SpoolHold.IsTaken(folders.Spool);
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(folders.Certificate));
        var connected = running != false && agent is { ConnectedSince: not null, LastContact: { } last } && time.GetUtcNow() - last < _fresh;
        return new DeviceStatus
        {
            Connected = connected,
            Running = running,
            Start = Installed.Resume(folders),
            Root = new LastRoot(folders).Read(),
            Device = record.DeviceId,
            Name = record.DeviceName,
            Server = record.Address,
            ConnectedSince = connected ? agent?.ConnectedSince : null,
            LastContact = agent?.LastContact,
            LastTrouble = agent?.LastTrouble,
            ClockOffsetMs = agent?.ClockOffsetMs,
            UnacknowledgedReports = SpoolGlance.At(folders.Spool).Waiting,
            CertificateEnds = certificate.NotAfter.ToUniversalTime(),
        };
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(DeviceStatus))]
internal sealed partial class DeviceStatusJson : JsonSerializerContext;
