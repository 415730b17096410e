using System.Globalization;
using Sandbox.Agent.Acts.Accounts;
using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Acts.Correlating;
using Sandbox.Agent.Acts.Journal;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts;

/// <summary>
/// Who did what, from the logs of a Linux system, and from the kernel where Linux audit has no log. Each run goes on behind the last one whose acts
/// became durable; on the first one logs are begun at their end.
/// </summary>
/// <param name="root">Below which the logs lie.</param>
/// <param name="placeFile">Where it is kept how far they were read. Null: nowhere, and each run shows what is at their end.</param>
/// <param name="time">The device's clock.</param>
/// <param name="heard">Where the kernel's records wait. Null: nothing was heard yet.</param>
internal sealed class LinuxActs(string root, string? placeFile, TimeProvider time, HeardRecords? heard = null) : IEventCollector, ISelfWaking
{
    private const int MostAtAGlance = 100;
    private readonly RootFolder _root = new(root);
    private readonly ActsPlace? _place = placeFile is null ? null : new ActsPlace(placeFile, time);
    private readonly HeardRecords _heard = heard ?? new HeardRecords();
    private readonly AccountFiles _files = new(new RootFolder(root), time);
    private byte[]? _delivered;
    private byte[]? _pending;
    private long _heardUntil;

    public string Name => "acts";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.Acts];

    public TimeSpan Every => IsWaiting ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches =>
        [.. ActSources.Logs(_root).Select(log => log.Path), .. FollowedJournal.Folders.Select(folder => _root.Line("etc/machine-id") is { } id ? $"{folder}/{id}" : folder)];

    public bool HasMore { get; private set; }

    // Whether some acts are this system's shows in a moment. Read by the loop.
    private bool IsWaiting
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        _delivered ??= _place?.Read();
        _files.Look();
        var (state, isDamaged) = Begin();
        var now = time.GetUtcNow();
        var memory = state.Memory();
        var clock = LogClock.Of(_root, now);
        var run = new ActRun(clock, memory, _heard.Written);
        var sources = new ActSources(_root, run, glance: _place is null, now);
        sources.Read(state, _heard, ct);
        _heardUntil = sources.HeardUntil;
        UnseenActs.Note(_root, clock, _heard, sources.Unseen);
        if (isDamaged) sources.Unseen.Add(Why.Of(placeFile!, "damaged: logs are read on from their end, so acts before that may be missing"));

        // As late as can be: what the records tell of may have come into the files meanwhile.
        _files.Look();
        var acts = new Correlation(memory, _files, FirstPerson()) { MayWait = _place is not null }.Of(run.Acts, now);
        return new(Told(acts, sources, state, memory));
    }

    public void Delivered()
    {
        if (_pending is null) return;
        (_delivered, _pending) = (_pending, null);
        _place?.Keep(_delivered);
        _heard.Settle(_heardUntil);
    }

    public IDisposable? Listen(Action wake) => _root.IsThisSystem ? AuditEar.Listen(_root, _files, _heard, wake) : null;

    // UID_MIN (login.defs(5)): from which number on accounts are people's. Null: not configured.
    private uint? FirstPerson() =>
        _root.TryRead("etc/login.defs", out var settings, out _)
        && uint.TryParse(LoginDefsText.Parse(settings, "etc/login.defs").FindLast(setting => setting.Name == "UID_MIN").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? first
            : null;

    private void Keep(ActState state, ActMemory memory)
    {
        _delivered = state.ToJson(memory);
        _place?.Keep(_delivered);
    }

    private (ActState State, bool IsDamaged) Begin()
    {
        if (_delivered is null) return (new ActState(), false);
        return ActState.Parse(_delivered) is { } known ? (known, false) : (new ActState(), true);
    }

    private List<Fact> Told(List<AdminAct> acts, ActSources sources, ActState state, ActMemory memory)
    {
        HasMore = sources.HasMore && _place is not null;
        IsWaiting = memory.Waiting.Count > 0;
        var unseen = string.Join('\n', sources.Unseen);
        var isNews = unseen != state.Unseen;
        // Where the first run begins stands at once, or a sink without room would let the next one begin later.
        if (_delivered is null) Keep(state, memory);
        state.Unseen = unseen;
        _pending = state.ToJson(memory);
        if (acts.Count == 0 && !isNews)
        {
            _delivered = _pending;
            // What waits is nowhere else once its record was settled.
            if (IsWaiting) _place?.Keep(_delivered);
            else _place?.KeepNowAndThen(_delivered);
            _heard.Settle(_heardUntil);
            return [];
        }
        var told = new Protocol.Acts();
        told.Acts_.AddRange(_place is null ? acts.TakeLast(MostAtAGlance) : acts);
        told.Unseen.AddRange(sources.Unseen);
        return [new Fact { Acts = told }];
    }
}
