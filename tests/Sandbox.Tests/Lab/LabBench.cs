using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Policies;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Lab;

/// <summary>A lab of many machines on one real server with a clock that is turned: every session on a machine of its own.</summary>
internal sealed class LabBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = ReportingDevice.Start;

    /// <summary>A key that Anna and Ben share.</summary>
    public const string SharedKey = "SHA256:sharedAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly Policy Whole = PolicyReader.Read("""
        schema: 1
        id: lab
        version: 1
        title: Lab
        extends: passwords-only
        rules:
          - { id: firewall.active, expect: { op: eq, value: true } }
          - { id: av.running, expect: { op: eq, value: true } }
          - { id: av.signature_age_hours, expect: { op: "<=", value: 240 } }
          - { id: backup.last_success_hours, expect: { op: "<=", value: 240 } }
          - { id: disk.os_volume_encrypted, expect: { op: eq, value: true } }
          - { id: sudo.nopasswd_entries, expect: { op: count, value: 0 } }
          - { id: ssh.permit_root_login, expect: { op: in, values: ["no"] } }
          - { id: access.by_role, expect: { op: as_roles, roles: [ { name: helpdesk, accounts: [elif, newbie], groups: [lpadmin] }, { name: operator, accounts: [], groups: [disk] } ] } }
          - { id: software.licences, expect: { op: registered, products: [ { name: "teamviewer*", seats: 0 } ] } }
        """, _ => PasswordsOnly.Policy).Policy!;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Restart = TimeSpan.FromHours(31);

    // A mentor's machine mounts the share of every machine that may have one.
    private static readonly TimeSpan Used = TimeSpan.FromHours(32);
    private static readonly TimeSpan[] Looks = [TimeSpan.FromHours(2), TimeSpan.FromHours(30), TimeSpan.FromHours(33), TimeSpan.FromDays(8), TimeSpan.FromDays(8) + Minute];

    private readonly RunningIngest _server;

    private LabBench(RunningIngest server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Id of Anna, whose honest work is to be found.</summary>
    public Guid Anna { get; private set; }

    public static async Task<LabBench> StartAsync()
    {
        var bench = new LabBench(await RunningIngest.StartAsync(paused: true, Whole));
        await bench._server.ResumeAsync(withClock: false);
        return bench;
    }

    /// <summary>Lives through all sessions at once; gives what each machine earned.</summary>
    public async Task<IReadOnlyList<(Session Session, IReadOnlyList<StoredEvidence> Earned)>> LiveAsync(IReadOnlyList<Session> sessions)
    {
        var machines = new List<(Session Session, ReportingDevice Device, RunningIngest.Talk Talk)>();
        foreach (var session in sessions)
        {
            // Whoever enrolled it does nothing on it.
            var (device, _) = await _server.EnrolForApprenticeAsync();
            machines.Add((session, device, await _server.OpenAsync(device)));
        }
        await PeopleAsync();
        var (seer, _) = await _server.EnrolForApprenticeAsync(Roles.Mentor);
        var talkOfSeer = await _server.OpenAsync(seer);
        foreach (var at in sessions.SelectMany(session => session.Reports).Select(report => report.At).Concat([Restart, Restart + Minute, Used, .. Looks]).Distinct().Order())
        {
            _server.Time.SetUtcNow(Start + at);
            if (at == Used) await talkOfSeer.SettleAsync(seer.Write(said =>
            {
                said.CollectedAt = Timestamp.FromDateTimeOffset(Start + at);
                said.Facts.Add(new Fact { Shares = new Shares { RemoteMounts = { machines.Select(machine => new RemoteMount { Source = $"//{machine.Device.Caller.Name}/lab", MountPoint = "/mnt", Type = "cifs", Mounted = true }) } } });
            }));
            foreach (var (session, device, talk) in machines)
                foreach (var report in session.Reports.Where(report => report.At == at).Concat(Later(session, device.Caller.Name, at)))
                    await talk.SettleAsync(device.Write(said =>
                    {
                        said.CollectedAt = Timestamp.FromDateTimeOffset(Start + report.Read);
                        report.What(said);
                    }));
        }
        var earned = (await _server.QueryAsync(db => db.Evidence.AsNoTracking().ToListAsync(Ct))).ToLookup(row => row.DeviceId);
        return [.. machines.Select(machine => (machine.Session, (IReadOnlyList<StoredEvidence>)[.. earned[machine.Device.Id]]))];
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // Machines are restarted after a day, and say now and then that nothing has changed since.
    private static IEnumerable<Sent> Later(Session session, string name, TimeSpan at) =>
    [
        .. at == TimeSpan.Zero ? [new Sent(at, at, report => report.Facts.Add(Machine.Started(name, 1, Start.AddDays(-1))))] : (Sent[])[],
        .. at == Restart ? [new Sent(at, at, report => report.Facts.Add(Machine.Started(name, 2, Start + Restart)))] : (Sent[])[],
        .. Looks.Contains(at) || at == Restart + Minute ? [new Sent(at, at, report => report.Unchanged.Add((uint)session.Work.Right.KindCase))] : (Sent[])[],
    ];

    private async Task PeopleAsync()
    {
        Anna = await PersonAsync("anna");
        var (ben, maria) = (await PersonAsync("ben"), await PersonAsync("maria", Roles.Mentor));
        foreach (var (person, kind, value) in new[]
        {
            (Anna, HolderKind.Account, "anna"), (Anna, HolderKind.Account, "appr1"), (ben, HolderKind.Account, "ben"), (maria, HolderKind.Account, "maria"), (Anna, HolderKind.Account, "lab"), (ben, HolderKind.Account, "lab"),
            (Anna, HolderKind.Key, Doing.AnnasKey), (Anna, HolderKind.Key, SharedKey), (ben, HolderKind.Key, SharedKey),
        })
            await _server.QueryAsync(db => new HolderBook(db, _server.Time).AddAsync(new HeldAccount { PersonId = person, Kind = kind, Value = value, From = Start.AddDays(-1) }, Ct));
    }

    private async Task<Guid> PersonAsync(string name, string role = Roles.Apprentice)
    {
        await _server.EnrolForApprenticeAsync(role);
        return await _server.QueryAsync(async db => (await new Roster(db, _server.Time).AddAsync(name, null, role, by: null, Ct)).Id);
    }
}
