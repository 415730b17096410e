using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Dashboard.Events;
using Sandbox.Server.Live;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Bandwidth;

/// <summary>Sends one page a point of traffic each second. While it does, the devices are asked for theirs.</summary>
internal sealed class TrafficStreams(
    TrafficNow traffic, TrafficWatchers watchers, LiveAudience audience, OpenSessions sessions, IServiceScopeFactory scopes, TimeProvider time, IHostApplicationLifetime host)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Points as <c>[milliseconds since 1970, bits received, bits sent, devices measured]</c>; null where none is measured.</summary>
    /// <param name="user">Whose session it is.</param>
    /// <param name="device">One device, which the person may see. Null: all that she may see.</param>
    /// <param name="until">When the session's cookie ends. Null: it does not say.</param>
    /// <param name="ct">Ends with the request.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(ClaimsPrincipal user, DeviceId? device, DateTimeOffset? until, [EnumeratorCancellation] CancellationToken ct)
    {
        using var session = sessions.Open(user);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Ended, host.ApplicationStopping);
        var viewer = Viewer.Of(user);
        var devices = await DevicesAsync(viewer, device, ended.Token);
        var watching = Watch(viewer, devices);
        try
        {
            // Something at once, so that the page knows that it is heard.
            yield return new SseItem<string>(JsonSerializer.Serialize(device is { } one ? traffic.Recent(one).Select(rate => Point(rate, 1)) : []), "recent");
            using var timer = new PeriodicTimer(Step, time);
            for (var checkAt = time.GetUtcNow() + LiveStreams.Beat; await NextAsync(timer, ended.Token);)
            {
                yield return new SseItem<string>(JsonSerializer.Serialize(Now(devices)), "point");
                var now = time.GetUtcNow();
                if (now < checkAt) continue;
                if (now >= until || !await audience.IsStillWelcomeAsync(user, viewer)) yield break;
                checkAt = now + LiveStreams.Beat;
                devices = await DevicesAsync(viewer, device, ended.Token);
                var before = watching;
                watching = Watch(viewer, devices);
                Stop(before);
            }
        }
        finally
        {
            Stop(watching);
        }
    }

    private double?[] Now(IReadOnlyList<DeviceId> devices)
    {
        var rates = devices.Select(traffic.Latest).OfType<TrafficRate>().ToList();
        var now = time.GetUtcNow();
        return rates.Count == 0 ? [now.ToUnixTimeMilliseconds(), null, null, 0] : Point(new TrafficRate(now, rates.Sum(rate => rate.Received), rates.Sum(rate => rate.Sent)), rates.Count);
    }

    private static double?[] Point(TrafficRate rate, int devices) => [rate.At.ToUnixTimeMilliseconds(), Math.Round(rate.Received), Math.Round(rate.Sent), devices];

    // A page about one device still ends with the right to see it.
    private async Task<IReadOnlyList<DeviceId>> DevicesAsync(Viewer viewer, DeviceId? device, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var query = scope.ServiceProvider.GetRequiredService<DeviceQuery>();
        var devices = device is { } one ? query.VisibleTo(viewer).Where(d => d.Id == one) : query.Of(viewer, DeviceGroup.Active);
        return await devices.Select(d => d.Id).ToListAsync(ct);
    }

    private List<IDisposable> Watch(Viewer viewer, IReadOnlyList<DeviceId> devices) =>
        viewer.SeesEverything && devices.Count > 1 ? [watchers.Watch(null)] : [.. devices.Select(one => watchers.Watch(one))];

    private static void Stop(List<IDisposable> watching)
    {
        foreach (var one in watching) one.Dispose();
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
