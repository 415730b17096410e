using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Server.Ingest;
using Sandbox.Server.Live;
using Sandbox.Storage;
using Sandbox.Storage.People;
using Sandbox.Storage.Sqlite.Ingest;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Storage;

namespace Sandbox.Tests.Ingest;

/// <summary>The real writer on a real database, without the wire.</summary>
internal sealed class RunningIngest : IAsyncDisposable
{
    private readonly IngestWriter _writer;
    private readonly CancellationTokenSource _end = new();
    private readonly ReportStreams _reporting = new();
    private readonly JudgementClock _clock;

    /// <summary>Faults that were seeded on devices.</summary>
    public SeededNow Seeded { get; } = new();

    private RunningIngest(TemporaryStore store, Policy policy)
    {
        Store = store;
        Witnesses = new Witnesses(Newest);
        Ingest = new(Queue, _reporting, Feed, Witnesses, Time);
        _clock = new JudgementClock(Queue, Time);
        _writer = new IngestWriter(Queue, new Batches(new Assessor(IngestStore, SilentAfter.Default, policy, Seeded), _reporting, Time), new AfterCommit(Streams, Feed, new LogBell(), NullLogger<AfterCommit>.Instance), NullLogger<IngestWriter>.Instance);
    }

    public TemporaryStore Store { get; }

    public SqliteIngestStore IngestStore => (SqliteIngestStore)Store.Services.GetRequiredService<IIngestStore>();

    public FakeTimeProvider Time { get; } = new(ReportingDevice.Start);

    public LiveFeed Feed { get; } = new();

    public OpenStreams Streams { get; } = new();

    public IngestQueue Queue { get; } = new();

    public NewestCheckpoint Newest { get; } = new();

    public Witnesses Witnesses { get; }

    public Server.Ingest.Ingest Ingest { get; }

    /// <param name="paused">Nothing is written until <see cref="ResumeAsync"/>: what is handed over meanwhile shares a batch.</param>
    /// <param name="policy">What judges. Null: the policy that a lab starts with.</param>
    public static async Task<RunningIngest> StartAsync(bool paused = false, Policy? policy = null)
    {
        var running = new RunningIngest(await TemporaryStore.CreateAsync(), policy ?? LabDefault.Policy);
        if (!paused) await running.ResumeAsync();
        return running;
    }

    /// <param name="withClock">Devices are judged by time, too.</param>
    public async Task ResumeAsync(bool withClock = true)
    {
        await _writer.StartAsync(TestContext.Current.CancellationToken);
        if (withClock) StartClock();
    }

    public void StartClock() => _ = _clock.StartAsync(TestContext.Current.CancellationToken);

    public Task<ReportingDevice> EnrolAsync() => ReportingDevice.EnrolAsync(Store);

    /// <summary>A device that was enrolled for an apprentice.</summary>
    public async Task<(ReportingDevice Device, Guid Apprentice)> EnrolForApprenticeAsync(string role = Roles.Apprentice)
    {
        var (person, ct) = (Guid.NewGuid(), TestContext.Current.CancellationToken);
        await QueryAsync(async db =>
        {
            var known = await db.Roles.FirstOrDefaultAsync(x => x.Name == role, ct) ?? db.Roles.Add(new IdentityRole<Guid>(role) { Id = Guid.NewGuid() }).Entity;
            db.Users.Add(new Person { Id = person, UserName = person.ToString("N"), SecurityStamp = "" });
            db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person, RoleId = known.Id });
            return await db.SaveChangesAsync(ct);
        });
        return (await ReportingDevice.EnrolAsync(Store, person), person);
    }

    /// <summary>Opens a stream whose messages to the agent are kept.</summary>
    public async Task<Talk> OpenAsync(ReportingDevice device)
    {
        var (session, stream) = await Ingest.OpenAsync(device.Caller, device.Hello());
        Assert.Equal(Reason.Unspecified, session.Refused);
        return new Talk(Ingest, stream!, session, _end.Token);
    }

    public async Task<T> QueryAsync<T>(Func<SandboxDb, Task<T>> query)
    {
        await using var db = Store.Open();
        return await query(db);
    }

    public Task<List<long>> SequencesAsync(ReportingDevice device) => QueryAsync(db =>
        db.Reports.Where(x => x.DeviceId == device.Id).OrderBy(x => x.Id).Select(x => x.Sequence).ToListAsync(TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _clock.Dispose();
        await _writer.StopAsync(CancellationToken.None);
        _writer.Dispose();
        _end.Dispose();
        await Store.DisposeAsync();
    }

    /// <summary>One stream between an agent and the ingest.</summary>
    internal sealed class Talk
    {
        private readonly Server.Ingest.Ingest _ingest;
        private readonly KeptMessages _kept = new();

        public Talk(Server.Ingest.Ingest ingest, ReportStream stream, SessionOpened session, CancellationToken ct)
        {
            (_ingest, Stream, Session) = (ingest, stream, session);
            _ = stream.Outbox.SendAsync(_kept, ct);
        }

        public ReportStream Stream { get; }

        public SessionOpened Session { get; }

        public async Task SendAsync(params SignedReport[] reports) => await _ingest.HandAsync(Stream, reports, TestContext.Current.CancellationToken);

        /// <summary>Sends reports and reads what comes back until they are acknowledged.</summary>
        public async Task<List<ServerMessage>> SettleAsync(params SignedReport[] reports)
        {
            await SendAsync(reports);
            return await AnswersAsync();
        }

        /// <summary>Reads up to the next acknowledgement, which comes last.</summary>
        public async Task<List<ServerMessage>> AnswersAsync()
        {
            var answers = new List<ServerMessage>();
            do answers.Add(await _kept.Messages.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
            while (answers[^1].Acknowledgement is null);
            return answers;
        }

        /// <summary>Waits until the server has closed it.</summary>
        public async Task<Reason> ClosedAsync()
        {
            var closed = new TaskCompletionSource();
            await using var wait = Stream.Open.Closed.Register(closed.SetResult);
            await closed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            return Stream.Open.Why;
        }
    }

    private sealed class KeptMessages : IServerStreamWriter<ServerMessage>
    {
        private readonly Channel<ServerMessage> _messages = Channel.CreateUnbounded<ServerMessage>();

        public ChannelReader<ServerMessage> Messages => _messages.Reader;

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(ServerMessage message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task WriteAsync(ServerMessage message) => _messages.Writer.WriteAsync(message).AsTask();
    }
}
