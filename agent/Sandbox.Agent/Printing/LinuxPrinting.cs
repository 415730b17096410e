using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Printing;

/// <summary>What a Linux system prints through: CUPS' own word, or while it does not run, its files.</summary>
internal sealed class LinuxPrinting(string root) : ICollector
{
    private readonly RootFolder _root = new(root);

    public string Name => "printing";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Printing];

    // A printer that runs out of paper changes no file.
    public TimeSpan Every => TimeSpan.FromMinutes(5);

    // Each job leaves a file in the spool folder, a queue is written within a minute, and the socket comes with CUPS.
    public IReadOnlyList<string> Watches { get; } = ["etc/cups", "run/cups", "var/spool/cups", "var/log/cups/page_log"];

    public async ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.Printing { Installed = CupsPlaces.IsInstalled(_root) };
        var unseen = new UnseenNotes(fact.Unseen);
        if (fact.Installed && !await AskAsync(fact, unseen, ct)) PrintersConf.Read(_root, fact, unseen);
        unseen.Close();
        return [new Fact { Printing = fact }];
    }

    // Where systemd holds the socket, asking would start CUPS: nobody is asked who does not run.
    private async ValueTask<bool> AskAsync(Protocol.Printing fact, UnseenNotes unseen, CancellationToken ct)
    {
        if (new RunningPrograms(_root).Has("cupsd") == false)
        {
            unseen.Add(Why.Of("usr/sbin/cupsd", "it does not run, so jobs and what its files do not say yet are not known", ServiceStart.Now(_root, "CUPS", "cups")));
            return false;
        }
        var conversation = new CupsConversation(_root, fact, unseen);
        var places = CupsPlaces.All(_root, unseen);
        if (places.Count == 0) unseen.Add(Why.Of(CupsPlaces.Settings, "it names no socket that is there", ServiceStart.Now(_root, "CUPS", "cups")));
        foreach (var (place, words) in places)
            if (await conversation.AskAsync(place, words, ct)) return true;
        return false;
    }
}
