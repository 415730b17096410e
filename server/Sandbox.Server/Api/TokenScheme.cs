using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sandbox.Server.People;

namespace Sandbox.Server.Api;

/// <summary>Signs a request in by its token (RFC 6750 §2.1: in the header, never in the address), and by nothing else.</summary>
internal sealed class TokenScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenDoor door)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Its name.</summary>
    public const string Name = "token";

    /// <summary>The claim with the token's id.</summary>
    public const string TokenId = "token_id";

    private const string Bearer = "Bearer ";
    private const string CallType = "application/grpc";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (await door.AdmitAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } admitted) return AuthenticateResult.Fail("The token is not good.");
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, admitted.Viewer.PersonId.ToString()), new(PersonClaims.DisplayName, admitted.Viewer.DisplayName),
                new(ClaimTypes.Role, admitted.Viewer.Role), new(TokenId, admitted.Token.ToString()),
            ],
            Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var hasOne = Request.Headers.Authorization.Count > 0;
        var words = hasOne
            ? "This token is unknown, over or taken back, or its person is locked. Make another on the page /tokens, or with: sandbox-server tokens make NAME --person PERSON"
            : "This needs a token, as the header 'Authorization: Bearer TOKEN'. Make one on the page /tokens, or with: sandbox-server tokens make NAME --person PERSON";
        Response.Headers[HeaderNames.WWWAuthenticate] = hasOne ? "Bearer error=\"invalid_token\"" : "Bearer";
        if (Request.ContentType?.StartsWith(CallType, StringComparison.OrdinalIgnoreCase) == true) RefuseCall(words);
        else await Problem.Of(StatusCodes.Status401Unauthorized, words).ExecuteAsync(Context);
    }

    // A client of gRPC shows nothing of an HTTP error but its number: a response of headers only (gRPC over HTTP/2, Trailers-Only) has the words.
    private void RefuseCall(string words)
    {
        Response.ContentType = CallType;
        Response.Headers["grpc-status"] = ((int)StatusCode.Unauthenticated).ToString(CultureInfo.InvariantCulture);
        Response.Headers["grpc-message"] = Uri.EscapeDataString(words);
    }
}
