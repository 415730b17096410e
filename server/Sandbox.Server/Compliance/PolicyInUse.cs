using System.Text;
using Sandbox.Evidence.Policies;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Compliance;

/// <summary>The policy that judges: a profile, or a file that was given with <c>--policy</c> and of which the server keeps a copy.</summary>
internal static class PolicyInUse
{
    /// <summary>What the settings say of a policy of one's own.</summary>
    public const string Own = "policy.yaml";

    /// <summary>The policy that the settings name.</summary>
    /// <exception cref="SetupException">The server's copy is gone, or is no policy any more.</exception>
    public static Policy Of(ServerFolders folders, ServerSettings settings)
    {
        if (settings.Policy != Own)
            return PolicyProfiles.Find(settings.Policy) ?? throw new SetupException($"{folders.Settings} names the policy {settings.Policy}, which this program does not have. Name another: sandbox-server run --policy {PolicyProfiles.Ids[0]}");
        try
        {
            return PolicyFile.Parse(File.ReadAllText(folders.Policy), folders.Policy);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The policy of this lab, {folders.Policy}, cannot be read: {fault.Message} Give it again: sandbox-server run --policy FILE");
        }
    }

    /// <summary>Takes a policy into use from the next start on.</summary>
    /// <param name="named">A file, or the id of a profile.</param>
    /// <param name="folders">Where the server keeps its copy.</param>
    /// <param name="remembered">What judged before. Null: nothing did.</param>
    /// <returns>What the settings are to say.</returns>
    /// <exception cref="SetupException">It is no policy, or another one of the same name judges.</exception>
    public static string Take(string named, ServerFolders folders, ServerSettings? remembered)
    {
        if (!File.Exists(named)) return PolicyProfiles.Find(named)?.Id ?? throw new SetupException($"--policy {named} is neither a file nor a profile. Profiles: {string.Join(", ", PolicyProfiles.Ids)}.");
        var text = PolicyFile.Text(named);
        var policy = PolicyFile.Parse(text, named);
        var before = remembered is null ? null : Before(folders, remembered);
        if (PolicyProfiles.Ids.Contains(policy.Id)) throw new SetupException($"{named} calls itself {policy.Id}, as a profile does that comes with Sandbox. Give it an id of its own.");
        if (before is not null && before.Name == policy.Name && !before.DemandsTheSameAs(policy))
            throw new SetupException($"{policy.Name} judges already, with other rules or exemptions. Raise the version in {named}: verdicts name it, and each name must mean one thing.");
        DurableFile.MakeFolder(folders.Root);
        DurableFile.Write(folders.Policy, Encoding.UTF8.GetBytes(text), DurableFile.Secret);
        return Own;
    }

    // Whose copy is gone or damaged is told to give it again: then it must be taken.
    private static Policy? Before(ServerFolders folders, ServerSettings remembered)
    {
        try
        {
            return Of(folders, remembered);
        }
        catch (SetupException)
        {
            return null;
        }
    }
}
