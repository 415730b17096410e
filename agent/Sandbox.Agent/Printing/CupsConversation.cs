using System.Diagnostics;
using System.Net;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Printing.Ipp;
using Sandbox.Protocol;

namespace Sandbox.Agent.Printing;

/// <summary>What CUPS is asked, in its order, and what becomes of the answers. Together it takes at most some 8 s.</summary>
internal sealed class CupsConversation(RootFolder root, Protocol.Printing fact, UnseenNotes unseen)
{
    private const int MostQueues = 100;
    private static readonly TimeSpan JobsTime = TimeSpan.FromSeconds(4);
    private readonly string _user = Environment.UserName;

    private string Restart => ServiceStart.SystemdRuns(root) ? "sudo systemctl restart cups" : "sudo service cups restart";

    private string Look => $"Look why CUPS does not answer: {(ServiceStart.SystemdRuns(root) ? "sudo journalctl -u cups" : "sudo tail /var/log/cups/error_log")}; begin it anew: {Restart}";

    /// <summary>Asks at one place. False: nothing was learnt there, and why is noted.</summary>
    public async ValueTask<bool> AskAsync(EndPoint place, string words, CancellationToken ct)
    {
        using var cups = new CupsServer(place);
        var reply = await cups.AskAsync(CupsQueues.Question(_user), ct);
        if (reply.Message is not { } answer || !(answer.IsSuccess || answer.Status == IppMessage.NotFound))
        {
            unseen.Add(Refused(words, reply));
            return false;
        }
        (fact.Source, fact.KnownFrom) = (Protocol.Printing.Types.Source.Asked, words);
        Take(answer, words);
        await AskJobsAsync(cups, words, ct);
        return true;
    }

    private void Take(IppMessage answer, string words)
    {
        var queues = new SortedDictionary<string, PrintQueue>(StringComparer.Ordinal);
        foreach (var said in answer.Groups.Where(group => group.Tag == IppGroup.Printer))
        {
            if (CupsQueues.Of(said) is not { } queue) continue;
            queues[queue.Name] = queue;
            if (CupsQueues.IsDefault(said)) fact.DefaultQueue = queue.Name;
        }
        if (queues.Count > MostQueues) unseen.Add(Why.Of(What(words), $"more than {MostQueues} queues; the others are left out"));
        fact.Queues.AddRange(queues.Values.Take(MostQueues));
    }

    private async ValueTask AskJobsAsync(CupsServer cups, string words, CancellationToken ct)
    {
        var (began, jobs) = (Stopwatch.GetTimestamp(), new SortedDictionary<uint, PrintJob>());
        foreach (var queue in fact.Queues)
        {
            if (Stopwatch.GetElapsedTime(began) > JobsTime)
            {
                unseen.Add(Why.Of(What(words), $"CUPS answers slowly: jobs of {queue.Name} and the queues behind it were not asked for"));
                break;
            }
            var reply = await cups.AskAsync(CupsJobs.Question(queue, _user), ct);
            if (reply.Message is not { IsSuccess: true } answer)
            {
                // A queue that went away in between.
                if (reply.Message is { Status: IppMessage.NotFound }) continue;
                unseen.Add(Refused($"{words}, jobs", reply));
                break;
            }
            foreach (var job in answer.Groups.Where(group => group.Tag == IppGroup.Job).Select(said => CupsJobs.Of(said, queue.Name)).OfType<PrintJob>().OrderByDescending(job => job.Id).Take(CupsJobs.Most)) jobs[job.Id] = job;
        }
        fact.Jobs.AddRange(jobs.Values);
        if (jobs.Values.Any(job => !job.HasClaimedUser))
            unseen.Add(Why.Of($"{What(words)}, job-originating-user-name", $"CUPS keeps from {_user} whose some jobs are", $"In /etc/cups/cupsd.conf, inside <Policy default>: JobPrivateAccess {_user} @OWNER @SYSTEM - then: {Restart}"));
    }

    private static string What(string words) => words.StartsWith('/') ? words : $"{CupsPlaces.Settings}, {words}";

    private Unseen Refused(string words, IppReply reply) => reply switch
    {
        { IsDenied: true } or { Message.IsForbidden: true } => Why.Of(What(words), new UnauthorizedAccessException()),
        { Message: { } answer } => Why.Of(What(words), $"CUPS answers with IPP status 0x{answer.Status:x4}", Look),
        _ => Why.Of(What(words), reply.Why, Look),
    };
}
