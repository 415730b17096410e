using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Hosting;

/// <summary>
/// <c>sandbox-server keys roll ca [--switch|--finish]</c>: another CA takes over without a device enrolling again. Each step is done with the server
/// stopped, so that what it shows and what lies on the disk never differ.
/// </summary>
internal static class RollCommand
{
    private const int MostNamed = 20;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var step = new Option<bool>("--switch") { Description = "Let the next CA take over" };
        var finish = new Option<bool>("--finish") { Description = "Give the CA of before up" };
        var force = new Option<bool>("--force") { Description = "Though devices are left behind, which must enrol again then" };
        var ca = StoreCommand.Create("ca", "Prepare the next CA; with --switch let it take over; with --finish give the old one up", [step, finish, force], async (parse, store, ct) =>
        {
            using var alone = ServerLock.TryTake(store.Folders) ?? throw new SetupException("Stop the server first, e.g. systemctl stop sandbox-server; start it again after this step.");
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(step)) await SwitchAsync(store, parse.GetValue(force), output, ct);
            else if (parse.GetValue(finish)) await FinishAsync(store, parse.GetValue(force), output, ct);
            else await PrepareAsync(store, output);
        });
        return new Command("roll", "Let another key take over") { ca };
    }

    private static async Task PrepareAsync(CommandStore store, TextWriter output)
    {
        Require(store, CaPhase.None);
        CaRoll.Prepare(store.Folders, TimeProvider.System);
        await output.WriteLineAsync($"The next CA is prepared; its pin is {Hex(store, CaRoll.Next)}. Start the server again, and make a backup: sandbox-server keys backup FILE");
        await output.WriteLineAsync("Devices learn of it as they renew, within about eight days when they are on. Then: sandbox-server keys roll ca --switch");
    }

    private static async Task SwitchAsync(CommandStore store, bool force, TextWriter output, CancellationToken ct)
    {
        Require(store, CaPhase.Prepared);
        var (before, after) = (Hex(store, CaRoll.Present), Hex(store, CaRoll.Next));
        await RequireNobodyLeftAsync(store, CaRoll.Next, force, "have not heard of the next CA", ct);
        var db = store.Get<SandboxDb>();
        // First, so that a crash in between leaves a step to repeat and no roll-over without its entry.
        await KeyEntries.AddAsync(db, before, after, ct);
        await db.SaveChangesAsync(ct);
        CaRoll.Switch(store.Folders);
        await output.WriteLineAsync($"The CA with the pin {after} has taken over from {before}. Start the server again; join codes that were made before are worth nothing now.");
        await output.WriteLineAsync("When no device is left on the one before: sandbox-server keys roll ca --finish");
    }

    private static async Task FinishAsync(CommandStore store, bool force, TextWriter output, CancellationToken ct)
    {
        Require(store, CaPhase.Switched);
        await RequireNobodyLeftAsync(store, CaRoll.Present, force, "have a certificate of the CA before", ct);
        var pin = Hex(store, CaRoll.Before);
        CaRoll.Finish(store.Folders);
        await output.WriteLineAsync($"The CA with the pin {pin} is given up, and its key deleted. Start the server again, and make a backup: sandbox-server keys backup FILE");
    }

    // A device has heard of a CA when the certificate that it uses came from it: both came with one reply.
    private static async Task RequireNobodyLeftAsync(CommandStore store, string name, bool force, string what, CancellationToken ct)
    {
        var pin = Convert.FromHexString(Hex(store, name));
        var left = await store.Get<SandboxDb>().Devices
            .Where(x => (x.State == DeviceState.Active || x.State == DeviceState.Quarantined) && (x.IssuerPin == null || x.IssuerPin != pin || x.NextSerial != null))
            .OrderBy(x => x.Name).Select(x => x.Name).ToListAsync(ct);
        if (left.Count == 0 || force) return;
        var named = string.Join(", ", left.Take(MostNamed)) + (left.Count > MostNamed ? $" and {left.Count - MostNamed} more" : "");
        throw new SetupException($"{left.Count} devices {what}: {named}. They renew within about eight days when they are on. To go on without them: --force; they must enrol again then.");
    }

    private static void Require(CommandStore store, CaPhase phase)
    {
        var now = CaRoll.Phase(store.Folders);
        if (now == phase) return;
        throw new SetupException(now switch
        {
            CaPhase.Prepared => "The next CA is prepared already. Let it take over with: sandbox-server keys roll ca --switch",
            CaPhase.Switched => "The next CA has taken over already. Give the one before up with: sandbox-server keys roll ca --finish",
            _ => "No roll-over of the CA has begun. Prepare one with: sandbox-server keys roll ca",
        });
    }

    private static string Hex(CommandStore store, string name)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(new KeyPairFiles(store.Folders.Pki, name).CertificatePath);
        return Convert.ToHexStringLower(CertificateAuthority.PinOf(certificate));
    }
}
