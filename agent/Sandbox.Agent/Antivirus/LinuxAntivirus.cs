using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>The malware scanners of a Linux system, what they work with and whether they work at all.</summary>
internal sealed class LinuxAntivirus : ICollector
{
    private readonly RootFolder _root;
    private readonly MdatpProgram? _mdatp;

    public LinuxAntivirus(string root)
    {
        _root = new RootFolder(root);
        if (_root.IsThisSystem) _mdatp = new MdatpProgram("/usr/bin/mdatp");
    }

    /// <summary>With a program that stands in for mdatp's own client.</summary>
    internal LinuxAntivirus(string root, MdatpProgram mdatp) => (_root, _mdatp) = (new RootFolder(root), mdatp);

    /// <summary>The clock that mdatp's own dates are held against: the system's unless set.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Name => "antivirus";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Antivirus];

    // A daemon that is killed leaves its socket behind, and no file changes.
    public TimeSpan Every => TimeSpan.FromMinutes(2);

    public IReadOnlyList<string> Watches =>
    [
        .. ClamAv.Watches(_root), .. DefenderForEndpoint.Watches, .. OtherScanners.Watches, .. EnabledUnits.Watches("multi-user.target", "timers.target", "sockets.target"), .. CronFiles.Watches,
    ];

    public async ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.Antivirus();
        var unseen = new UnseenNotes(fact.Unseen);
        var programs = new RunningPrograms(_root);
        var found = OtherScanners.Read(_root);
        if (await new ClamAv(_root, programs, unseen).ReadAsync(ct) is { } clam) found.Add(clam);
        if (await new DefenderForEndpoint(_root, programs, unseen, Time).ReadAsync(_mdatp, ct) is { } defender) found.Add(defender);
        fact.Products.AddRange(found.OrderBy(product => product.Name, StringComparer.Ordinal));
        unseen.Close();
        return [new Fact { Antivirus = fact }];
    }
}
