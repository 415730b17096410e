using System.CommandLine;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;

namespace Sandbox.Server.Compliance;

/// <summary><c>sandbox-server policy list|print|rules|check|judge</c>: needs neither data nor a running server.</summary>
internal static class PolicyCommand
{
    private const int NotKnown = 3;

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("policy", "What is demanded of devices: look at the profiles, check a policy of your own, judge facts by it")
    {
        List(),
        Print(),
        Rules(),
        Check(),
        Judge(),
    };

    private static Command List()
    {
        var command = new Command("list", "The profiles that come with Sandbox");
        command.SetAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            foreach (var policy in PolicyProfiles.Ids.Select(id => PolicyProfiles.Find(id)!))
            {
                await output.WriteLineAsync($"{policy.Name}: {policy.Title}, {PolicyFile.Size(policy)}{(policy.Extends is { } parent ? $", extends {parent}" : "")}");
                await output.WriteLineAsync($"  from: {policy.Source}");
                if (policy.Note is { } note) await output.WriteLineAsync($"  note: {note}");
            }
            return 0;
        });
        return command;
    }

    private static Command Print()
    {
        var id = new Argument<string>("ID") { Description = "One of those that `policy list` names" };
        var command = new Command("print", "The text of a profile, to begin one of your own with") { id };
        command.SetAction(async (parse, _) =>
        {
            var text = PolicyProfiles.Text(parse.GetValue(id)!) ?? throw new SetupException($"There is no profile {parse.GetValue(id)}. Known: {string.Join(", ", PolicyProfiles.Ids)}.");
            await parse.InvocationConfiguration.Output.WriteAsync(text);
            return 0;
        });
        return command;
    }

    private static Command Rules()
    {
        var command = new Command("rules", "Every rule that a policy may hold, with what may stand behind `op`");
        command.SetAction(async (parse, _) =>
        {
            foreach (var rule in KnownRule.All) await parse.InvocationConfiguration.Output.WriteLineAsync($"{rule.Id}: {string.Join(", ", rule.Operators)}");
            return 0;
        });
        return command;
    }

    private static Command Check()
    {
        var files = new Argument<string[]>("FILE") { Description = "Policies in YAML", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Say every fault of policies, with line and column; exit code 1 when there is one") { files };
        command.SetAction(async (parse, _) =>
        {
            var (output, code) = (parse.InvocationConfiguration.Output, 0);
            foreach (var path in parse.GetValue(files)!)
            {
                var reading = PolicyReader.Read(PolicyFile.Text(path));
                foreach (var fault in reading.Faults) await output.WriteLineAsync($"{path}:{fault}");
                if (reading.Policy is { } policy) await output.WriteLineAsync($"{path}: {policy.Name}, {PolicyFile.Size(policy)}{(policy.Extends is { } parent ? $", extends {parent}" : "")}");
                else code = 1;
                foreach (var past in reading.Policy?.Past(TimeProvider.System.GetUtcNow()) ?? []) await output.WriteLineAsync($"{path}: warning: {past}");
            }
            return code;
        });
        return command;
    }

    private static Command Judge()
    {
        var policy = new Option<string>("--policy") { Description = "A file, or the id of a profile", HelpName = "FILE|ID", DefaultValueFactory = _ => "lab-default" };
        var facts = new Option<string>("--facts") { Description = "What `sandbox-agent collect --once --json` printed; -: standard input", HelpName = "FILE", Required = true };
        var at = new Option<DateTimeOffset?>("--at") { Description = "The instant to judge at, such as 2026-11-23T12:00:00Z (now)", HelpName = "TIME" };
        var device = new Option<string?>("--device") { Description = "The device's id, for what the policy says of one device", HelpName = "ID" };
        var groups = new Option<string[]>("--group") { Description = "A group that the device is in; may be given several times", HelpName = "NAME", DefaultValueFactory = _ => [] };
        var role = new Option<string?>("--role") { Description = "What the device is for: its services tell unless given", HelpName = "ROLE" }.AcceptOnlyFromAmong([.. DeviceRoles.Names]);
        var command = new Command("judge", "Judge facts by a policy, and print the findings as JSON; exit code 1 when one fails, 3 when none fails and something is not known") { policy, facts, at, device, groups, role };
        command.SetAction(async (parse, ct) =>
        {
            var judging = PolicyFile.Load(parse.GetValue(policy)!);
            var now = parse.GetValue(at) ?? TimeProvider.System.GetUtcNow();
            if (now.Year is < 1970 or > 9000) throw new SetupException($"--at {now:yyyy-MM-dd} is no instant to judge at: give one from 1970 on.");
            if (parse.GetValue(device) is { } named && !DeviceScope.IsDevice(named)) throw new SetupException($"--device {named} is no device's id: give 32 hexadecimal digits, as `sandbox-server devices list --json` shows them.");
            foreach (var group in parse.GetValue(groups)!.Where(group => !DeviceScope.IsGroup(group))) throw new SetupException($"--group {group} cannot be the name of a group: use small letters, digits and dashes, such as kiosks.");
            var path = parse.GetValue(facts)!;
            var reported = FactsFile.Read(path == "-" ? await Console.In.ReadToEndAsync(ct) : PolicyFile.Text(path), path, now);
            reported.About = new AboutDevice { Device = parse.GetValue(device), Groups = parse.GetValue(groups)!.ToHashSet(), Role = parse.GetValue(role) is { } word ? DeviceRoles.Named(word) : null };
            var judgement = judging.Judge(reported, now);
            await parse.InvocationConfiguration.Output.WriteLineAsync(JudgementJson.Of(judging, now, judgement));
            if (judgement.Findings.Any(finding => finding.Verdict == Verdict.Fail)) return 1;
            return judgement.Findings.Any(finding => finding.Verdict is Verdict.Unknown or Verdict.Error) ? NotKnown : 0;
        });
        return command;
    }
}
