using Sandbox.Protocol;

namespace Sandbox.Server.Devices;

/// <summary>Puts the devices' side together: who may call, what is noted when somebody may not, and what people decide.</summary>
internal static class DevicesSetup
{
    /// <summary>Adds gRPC behind the interceptor, the refusals and the watch over states.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<DeviceInterceptor>();
            grpc.MaxReceiveMessageSize = Wire.LargestMessage;
            grpc.IgnoreUnknownServices = true;
        });
        services.AddSingleton<DeviceInterceptor>().AddSingleton<KnownDevices>().AddSingleton<Refused>();
        services.AddSingleton<RefusalBook>().AddHostedService(all => all.GetRequiredService<RefusalBook>());
        services.AddHostedService<DeviceWatch>();
        return services.AddDeviceRecords().AddScoped<FreshCodes>();
    }

    /// <summary>Adds what people decide about devices, without the rest: commands need it, too.</summary>
    public static IServiceCollection AddDeviceRecords(this IServiceCollection services) => services.AddScoped<DeviceRecords>().AddScoped<JoinCodes>().AddScoped<CloneCases>().AddScoped<ScopeBook>().AddScoped<CompromiseBook>();
}
