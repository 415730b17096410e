using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Sessions;

/// <summary>Who is logged in now, by utmp and logind, and when accounts last were.</summary>
internal sealed class LinuxSessions(string root) : ICollector
{
    private const int MostSessions = 500;
    // sd_booted(3). The folder of sessions alone is no sign: packages and containers leave it behind, empty.
    private const string Booted = "run/systemd/system";
    private readonly RootFolder _root = new(root);

    public string Name => "sessions";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Sessions];

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches { get; } = [Utmp.Path, LogindSessions.Folder, LastLog.Path, LastLog.Accounts];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.Sessions();
        var unseen = new UnseenNotes(fact.Unseen);
        var utmp = ReadUtmp(unseen);
        List<Led> logind = _root.Has(LogindSessions.Folder) ? LogindSessions.Read(_root, unseen) : [];
        var all = OneSession.Merge(logind, utmp);
        fact.Sessions_.AddRange(all.Take(MostSessions));
        if (all.Count > MostSessions) unseen.Add(Why.Of(LogindSessions.Folder, $"{all.Count} sessions, of which {MostSessions} are kept"));
        ct.ThrowIfCancellationRequested();
        fact.LastLogins.AddRange(LastLog.Read(_root, unseen));
        unseen.Close();
        return new([new Fact { Sessions = fact }]);
    }

    // Systems without 32-bit times no longer have it: that is no loss where logind tells the same.
    private List<Led> ReadUtmp(UnseenNotes unseen)
    {
        try
        {
            return Utmp.Read(_root);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (fault is not FileNotFoundException || !_root.Has(Booted) || !_root.Has(LogindSessions.Folder)) unseen.Add(Why.Of(Utmp.Path, fault));
            return [];
        }
    }
}
