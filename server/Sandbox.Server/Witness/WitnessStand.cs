using System.Security.Cryptography;
using Sandbox.Protocol;
using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Witness;

/// <summary>
/// Hears what devices show at hello, beside their streams, and halts the log when one of them proves that it is an older copy of itself. Each
/// checkpoint is judged once, and again after the database was out of reach: a crowd that comes back shows the same few.
/// </summary>
internal sealed partial class WitnessStand(Witnesses witnesses, TestimonyCourt court, Halt halt, TimeProvider time, ILogger<WitnessStand> logger) : BackgroundService
{
    /// <summary>Checkpoints whose judgement is remembered.</summary>
    internal const int MostRemembered = 1024;

    /// <summary>Shortest time between two lines about ignored checkpoints: they cost an attacker nothing.</summary>
    internal static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Finding> _judged = [];
    private readonly Queue<string> _order = [];
    private DateTimeOffset _quietUntil;
    private int _unsaid;
    private int _doubts;

    /// <summary>How many checkpoints were compared with the log, and not only recognised.</summary>
    internal int Judged { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var witness in witnesses.ReadAllAsync(stoppingToken))
            while (!await TryHearAsync(witness, stoppingToken)) await Task.Delay(Retry, time, stoppingToken);
    }

    private async Task<bool> TryHearAsync(DeviceWitness witness, CancellationToken ct)
    {
        try
        {
            await HearAsync(witness, ct);
            return true;
        }
        catch (StoreUnavailableException fault)
        {
            court.Doubt();
            Waits(witness.Name, fault.Message);
            return false;
        }
        catch (InvalidDataException damage)
        {
            CannotCompare(witness.Name, damage.Message);
            return true;
        }
    }

    private async Task HearAsync(DeviceWitness witness, CancellationToken ct)
    {
        ForgetAfterDoubts();
        var id = Convert.ToHexString(SHA256.HashData(witness.Shown));
        if (!_judged.TryGetValue(id, out var finding))
        {
            finding = await court.JudgeAsync(witness.Shown, ct);
            Judged++;
            if (finding.Testimony == Testimony.Contradicts) await halt.LogAsync($"{witness.Name} ({witness.Device})", witness.Shown, finding, ct);
            if (finding.Testimony == Testimony.Ignored) Ignore(witness, finding);
            Remember(id, finding);
        }
        witness.MayBeTold = finding.Testimony != Testimony.Contradicts;
    }

    private void Ignore(DeviceWitness witness, Finding finding)
    {
        if (time.GetUtcNow() < _quietUntil)
        {
            _unsaid++;
            return;
        }
        Ignored(witness.Name, witness.Device, finding.Words, _unsaid);
        (_quietUntil, _unsaid) = (time.GetUtcNow() + QuietFor, 0);
    }

    private void ForgetAfterDoubts()
    {
        if (_doubts == court.Doubts) return;
        _doubts = court.Doubts;
        _judged.Clear();
        _order.Clear();
    }

    private void Remember(string id, Finding finding)
    {
        if (_order.Count >= MostRemembered) _judged.Remove(_order.Dequeue());
        _order.Enqueue(id);
        _judged[id] = finding;
    }

    [LoggerMessage(3451, LogLevel.Warning, "Ignored the checkpoint that {Name} ({Device}) showed: {Why} ({Unsaid} more like it since the last such line)")]
    private partial void Ignored(string name, DeviceId device, string why, int unsaid);

    [LoggerMessage(3452, LogLevel.Warning, "The checkpoint that {Name} showed waits to be compared with the log: {Why}")]
    private partial void Waits(string name, string why);

    [LoggerMessage(3453, LogLevel.Critical, "The checkpoint that {Name} showed cannot be compared with the log, whose tiles are damaged: {Why} See what is wrong with: sandbox-server log verify")]
    private partial void CannotCompare(string name, string why);
}
