using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Neighbours.Lldp;

/// <summary>Announcements on the links of this machine, while somebody listens.</summary>
internal sealed class LldpLinks(string root, TimeProvider time)
{
    private const string What = "LLDP";
    private readonly RootFolder _root = new(root);
    private readonly HeardAnnouncements _heard = new(time);
    private LldpEar? _ear;
    private KernelRefusal? _refusal;

    /// <inheritdoc cref="ISelfWaking.Listen"/>
    public IDisposable? Listen(Action wake)
    {
        if (!_root.IsThisSystem) return null;
        try
        {
            _ear = LldpEar.Listen(_heard, time, wake);
            _ear.Join(new LinkNames(_root).Cabled);
        }
        catch (KernelRefusal refusal)
        {
            _refusal = refusal;
        }
        return _ear;
    }

    /// <summary>Who is there now.</summary>
    /// <param name="unseen">Gets why nobody is heard.</param>
    public List<LldpNeighbour> Heard(UnseenNotes unseen)
    {
        if (Deafness() is { } why) unseen.Add(why);
        if (_ear is null) return [];
        var links = new LinkNames(_root);
        // Interfaces come and go.
        if (_ear.Join(links.Cabled) is > 0 and var more) unseen.Add(Note(Why.Of(What, $"{more} more interfaces than are listened to")));
        var heard = _heard.Now(links.Of, links.HasLink, out var leftOut);
        if (leftOut) unseen.Add(Note(Why.Of(What, $"more than {HeardAnnouncements.MostOfOne} on one interface, or {HeardAnnouncements.Most} on all; the others are left out")));
        return heard;
    }

    private Unseen? Deafness() => (_ear, _refusal, _root.IsThisSystem) switch
    {
        (not null, _, _) => null,
        (_, { } refusal, _) => Of(refusal),
        (_, _, false) => Note(Why.Of(What, "only the running system hears what is announced, and the root folder is another", "Leave out --root")),
        _ => Silence(),
    };

    // Nobody listened. Whoever could not anyway is told so, and what to type.
    private static Unseen Silence()
    {
        try
        {
            LldpEar.Try();
            return Note(Why.Of(What, "switches announce themselves once in 30 s, and only an agent that runs listens for that long"));
        }
        catch (KernelRefusal refusal)
        {
            return Of(refusal);
        }
    }

    private static Unseen Of(KernelRefusal refusal) => Note(refusal.IsForLackOfRights ? Why.Of(What, new UnauthorizedAccessException()) : Why.Of(What, refusal.Message));

    // It is no path.
    private static Unseen Note(Unseen unseen)
    {
        unseen.What = What;
        return unseen;
    }
}
