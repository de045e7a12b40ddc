using AnyFetch.Api;
using AnyFetch.Manager;
using AnyFetch.Search;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Health;
using AnyFetch.Server.Http;
using AnyFetch.Server.Hydraters;
using AnyFetch.Server.Images;
using AnyFetch.Server.Logs;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Providers;
using AnyFetch.Server.Secrets;
using AnyFetch.Server.Setup;
using AnyFetch.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server;

/// <summary>Puts a server together from its parts.</summary>
public static class AnyFetchServer
{
    /// <summary>The data directory holds everybody's documents: nobody else on the machine may look into it.</summary>
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A server that is ready to be started.</summary>
    /// <exception cref="ConfigurationFaultException">The configuration cannot be used.</exception>
    public static WebApplication Build(ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var configuration = ServerConfiguration.Load(settings, OptionSections.All);
        var server = configuration.Get<ServerOptions>() ?? new ServerOptions();
        Directory.CreateDirectory(server.Data, OwnerOnly);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = server.Data });
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        foreach (var section in OptionSections.All)
        {
            section.Register(services, configuration);
        }

        builder.Logging.AddAnyFetchLog(Section<LogOptions>(configuration, "Log"));
        var addresses = builder.AddHttp(server, Section<HttpOptions>(configuration, "Http"));
        var hydraters = Section<HydraterHostingOptions>(configuration, OptionSections.Hydraters);
        services.AddAnyFetchStorage(Section<StorageOptions>(configuration, StorageOptions.Section));
        services.AddSecrets();
        services.AddFetchApi(configuration);
        services.AddPageImages();
        services.AddManager();
        if (server.Has(ServerOptions.Api) || server.Has(ServerOptions.Search))
        {
            services.AddAnyFetchSearch(_ => { });
        }

        services.AddHydration(server, hydraters, addresses, configuration);
        services.AddBuiltInProviders(configuration, server, addresses);
        services.AddSetup();
        services.AddOperations(server);
        settings.Services?.Invoke(services);

        var app = builder.Build();
        app.UseFetchApiPipeline();
        app.UseBearerSignIn();
        app.MapHealth();
        app.MapOperator();
        if (server.Has(ServerOptions.Api))
        {
            app.MapFetchApi();
            app.MapManager();
            app.MapHydraters(hydraters);
            app.MapBuiltInProviders();
        }

        return app;
    }

    private static T Section<T>(IConfiguration configuration, string path)
        where T : class, new() => configuration.GetSection(path).Get<T>() ?? new T();

    /// <summary>How this machine reaches the server.</summary>
    public static Uri LocalUrlOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<ListenAddresses>().LocalUrl;
    }
}
