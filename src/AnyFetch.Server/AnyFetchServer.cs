using AnyFetch.Core.Users;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Health;
using AnyFetch.Server.Http;
using AnyFetch.Server.Logs;
using AnyFetch.Server.Metrics;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Server;

/// <summary>Puts a server together from its parts.</summary>
public static class AnyFetchServer
{
    /// <summary>A server that is ready to be started.</summary>
    /// <exception cref="ConfigurationFaultException">The configuration cannot be used.</exception>
    public static WebApplication Build(ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var configuration = ServerConfiguration.Load(settings, OptionSections.All);
        var server = configuration.Get<ServerOptions>() ?? new ServerOptions();
        Directory.CreateDirectory(server.Data);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = server.Data });
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        foreach (var section in OptionSections.All)
        {
            section.Register(builder.Services, configuration);
        }

        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(server.ShutdownSeconds));
        builder.Logging.AddAnyFetchLog(configuration.GetSection("Log").Get<LogOptions>() ?? new LogOptions());
        builder.AddHttp(server, configuration.GetSection("Http").Get<HttpOptions>() ?? new HttpOptions());
        builder.Services.AddSingleton(new OperatorKey(server.Data));
        builder.Services.AddSingleton<StartTime>();
        builder.Services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton(s => ActivatorUtilities.CreateInstance<FirstAdministrator>(s));
        builder.Services.AddSingleton<PrometheusExporter>();
        builder.Services.AddSingleton<StoreGauges>();
        builder.Services.AddSingleton<Readiness>();
        settings.Services?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapHealth();
        app.MapOperator();
        return app;
    }

    /// <summary>How this machine reaches the server.</summary>
    public static Uri LocalUrlOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<ListenAddresses>().LocalUrl;
    }
}
