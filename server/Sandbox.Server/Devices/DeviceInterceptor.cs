using System.Data.Common;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Sandbox.Protocol;

namespace Sandbox.Server.Devices;

/// <summary>
/// Default deny: every method but Enrol needs the certificate of an active device. What follows finds it as <c>call.Device</c>. The methods of auditors'
/// programs are not on the agents' port and not for devices: their policy asks for a token.
/// </summary>
internal sealed class DeviceInterceptor(KnownDevices devices, Refused refused) : Interceptor
{
    private const string Enrol = "/sandbox.v1.Enrolment/Enrol";
    private const string ForAuditors = "/sandbox.v1.Evidence/";

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async Task AdmitAsync(ServerCallContext call)
    {
        if (call.Method == Enrol || call.Method.StartsWith(ForAuditors, StringComparison.Ordinal)) return;
        var certificate = call.GetHttpContext().Connection.ClientCertificate
            ?? throw refused.Because(call, StatusCode.Unauthenticated, Reason.CertificateMissing, "This call needs the certificate of an enrolled device: run sandbox-agent enrol.");
        try
        {
            call.UserState[CallingDevice.Key] = await devices.AdmitAsync(call, certificate);
        }
        catch (DbException fault)
        {
            throw refused.Because(
                call, StatusCode.Unavailable, Reason.StoreUnavailable, "The server cannot reach its database at present; try again later.", detail: fault.Message);
        }
    }
}
