using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>Makes join codes on the running server, with the text that people copy.</summary>
internal sealed class FreshCodes(JoinCodes codes, Addresses addresses, CertificateAuthority authority)
{
    /// <inheritdoc cref="JoinCodes.CreateAsync"/>
    public async Task<FreshCode> MakeAsync(Guid person, TimeSpan life, DeviceId? replaces, CancellationToken ct)
    {
        var (code, token) = await codes.CreateAsync(person, life, replaces, ct);
        return new FreshCode(code, Text(code, token));
    }

    /// <summary>The text of a code that was made a moment ago.</summary>
    public string Text(IssuedCode code, byte[] token) => JoinCodes.Text(addresses.Agents, authority.Pin, token, code.ExpiresAt);
}

/// <summary>A join code with its secret, for the one moment in which it is shown.</summary>
/// <param name="Code">What is kept.</param>
/// <param name="Text">What people copy; it can never be made again.</param>
internal sealed record FreshCode(IssuedCode Code, string Text);
