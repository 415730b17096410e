using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>A day that passes in moments: server and agent run with a clock that is 25 hours behind, and then with the right one.</summary>
internal static class PassedDay
{
    private static readonly TimeSpan ADayAndMore = TimeSpan.FromHours(25);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(80);

    extension(Lab lab)
    {
        /// <summary>Enrols a machine for an apprentice, who lets passwords be longer a day ago; it held. Server and agent run on.</summary>
        /// <param name="agent">The machine, whose passwords are too short.</param>
        /// <param name="apprentice">Who enrols it.</param>
        /// <param name="ct">Ends the wait.</param>
        public async Task HoldLongPasswordsAsync(LabAgent agent, string apprentice, CancellationToken ct)
        {
            (lab.Launcher, agent.Launcher) = (OtherClock.Off(-ADayAndMore), OtherClock.Off(-ADayAndMore));
            await lab.Server.StopAsync();
            await lab.StartServerAsync(ct);
            _ = (await agent.EnrolAsync(await lab.JoinCodeAsync(ct, apprentice), ct)).Worked;
            agent.Start();
            await Patience.UntilAsync("The server knows how it was", Longest, () => lab.MaxDays == 99999, ct);
            agent.Files.Write("etc/security/pwquality.conf", "minlen = 14\n");
            await Patience.UntilAsync("The edit is watched", Longest, () => lab.Count("select count(*) from \"Evidence\" where \"Line\" = '1.3'") == 1, ct);

            await agent.Process.StopAsync();
            await lab.Server.StopAsync();
            (lab.Launcher, agent.Launcher) = ([], []);
            await lab.StartServerAsync(ct);
            agent.Start();
            await Patience.UntilAsync("It held", Longest, () => lab.Count("select count(*) from \"Evidence\" where \"Line\" = '1.3' and \"State\" = 1") == 1, ct);
        }
    }
}
