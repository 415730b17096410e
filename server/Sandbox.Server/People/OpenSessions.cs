using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Sandbox.Server.People;

/// <summary>
/// Ends the live streams of a session that signs out. A session is one sign-in of one browser; its random id stands in the cookie.
/// </summary>
internal sealed class OpenSessions
{
    private const string SessionId = "session_id";
    private readonly ConcurrentDictionary<Guid, Watch> _watches = new();

    /// <summary>Watches the session behind a request until the result is disposed.</summary>
    public Watch Open(ClaimsPrincipal user)
    {
        var watch = new Watch(IdOf(user), gone => _watches.TryRemove(gone, out _));
        _watches[watch.Id] = watch;
        return watch;
    }

    /// <summary>The session behind a request is over: its streams end.</summary>
    public void End(ClaimsPrincipal user)
    {
        if (IdOf(user) is not { } session) return;
        foreach (var watch in _watches.Values.Where(w => w.Session == session)) watch.End();
    }

    /// <summary>Gives a new session its id.</summary>
    public static Task GiveIdAsync(CookieSigningInContext signIn)
    {
        var identity = signIn.Principal?.Identities.FirstOrDefault();
        if (identity is not null && identity.FindFirst(SessionId) is null)
            identity.AddClaim(new Claim(SessionId, RandomNumberGenerator.GetHexString(32)));
        return Task.CompletedTask;
    }

    /// <summary>Keeps the id when the claims of a session are read again.</summary>
    public static Task KeepIdAsync(SecurityStampRefreshingPrincipalContext refresh)
    {
        if (refresh.CurrentPrincipal?.FindFirst(SessionId) is { } id && refresh.NewPrincipal?.Identities.FirstOrDefault() is { } identity)
            identity.AddClaim(id.Clone());
        return Task.CompletedTask;
    }

    private static string? IdOf(ClaimsPrincipal user) => user.FindFirstValue(SessionId);

    /// <summary>One stream's hold on its session.</summary>
    internal sealed class Watch(string? session, Action<Guid> leave) : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();

        public Guid Id { get; } = Guid.CreateVersion7();

        public string? Session => session;

        /// <summary>Fires when the session is over.</summary>
        public CancellationToken Ended => _ended.Token;

        public void End() => _ended.Cancel();

        /// <inheritdoc/>
        public void Dispose() => leave(Id);
    }
}
