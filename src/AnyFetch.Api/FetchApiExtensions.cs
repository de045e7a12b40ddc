using AnyFetch.Api.Authentication;
using AnyFetch.Api.Batch;
using AnyFetch.Api.Companies;
using AnyFetch.Api.Documents;
using AnyFetch.Api.DocumentTypes;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Hydraters;
using AnyFetch.Api.OpenApi;
using AnyFetch.Api.Pages;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Readers;
using AnyFetch.Api.Rendering;
using AnyFetch.Api.Representations;
using AnyFetch.Api.Search;
using AnyFetch.Api.Status;
using AnyFetch.Api.Tokens;
using AnyFetch.Api.Users;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Clients;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydraters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api;

/// <summary>Puts the Fetch API into a host.</summary>
public static class FetchApiExtensions
{
    /// <summary>Maps every route of the API: each endpoint class shows its own part of the table on top.</summary>
    public static void MapFetchApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Map(endpoints);

        // The pages of a batch go through routes of their own, so that they are answered exactly like requests.
        var pages = endpoints.CreateApplicationBuilder();
        pages.UseRouting();
        pages.UseFetchApiPipeline();
        pages.UseEndpoints(Map);
        endpoints.ServiceProvider.GetRequiredService<BatchPages>().Use(pages.Build());
    }

    private static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var routes = new ApiRoutes(endpoints);
        services.GetRequiredService<StatusEndpoints>().Map(routes);
        services.GetRequiredService<TokenEndpoints>().Map(routes);
        services.GetRequiredService<UserEndpoints>().Map(routes);
        services.GetRequiredService<CompanyEndpoints>().Map(routes);
        services.GetRequiredService<SubcompanyEndpoints>().Map(routes);
        services.GetRequiredService<DocumentTypeEndpoints>().Map(routes);
        services.GetRequiredService<DocumentTypeWriteEndpoints>().Map(routes);
        services.GetRequiredService<SearchEndpoints>().Map(routes);
        services.GetRequiredService<SuggestionEndpoints>().Map(routes);
        services.GetRequiredService<DocumentReadEndpoints>().Map(routes);
        services.GetRequiredService<DocumentWriteEndpoints>().Map(routes);
        services.GetRequiredService<DocumentFileEndpoints>().Map(routes);
        services.GetRequiredService<DocumentImageEndpoints>().Map(routes);
        services.GetRequiredService<RelatedEndpoints>().Map(routes);
        services.GetRequiredService<SimilarEndpoints>().Map(routes);
        services.GetRequiredService<HydrationEndpoints>().Map(routes);
        services.GetRequiredService<HydraterEndpoints>().Map(routes);
        services.GetRequiredService<HydraterMatchEndpoint>().Map(routes);
        services.GetRequiredService<BulkHydrationEndpoints>().Map(routes);
        services.GetRequiredService<HydraterWriteEndpoints>().Map(routes);
        services.GetRequiredService<UpdateEndpoints>().Map(routes);
        services.GetRequiredService<TrackEndpoints>().Map(routes);
        services.GetRequiredService<ProviderEndpoints>().Map(routes);
        services.GetRequiredService<BatchEndpoints>().Map(routes);
        services.GetRequiredService<PageEndpoints>().Map(routes);
        services.GetRequiredService<ReaderEndpoints>().Map(routes);
        if (services.GetRequiredService<IOptions<ApiOptions>>().Value.LegacyRoutes)
        {
            services.GetRequiredService<LegacyDocumentEndpoints>().Map(routes);
        }

        StylesheetEndpoint.Map(routes);
        services.GetRequiredService<OpenApiEndpoints>().Map(routes);
        routes.MapOptions();
    }

    /// <summary>
    /// Adds what every answer of the API has, errors included. Goes before everything else that answers requests.
    /// </summary>
    public static IApplicationBuilder UseFetchApiPipeline(this IApplicationBuilder app) =>
        app.UseMiddleware<ApiPipeline>();

    /// <summary>
    /// Adds the API's parts. The stores, the file store, the search index, the highlighter, the hydration and its
    /// sanitiser of HTML come from elsewhere.
    /// </summary>
    public static IServiceCollection AddFetchApi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ApiOptions>()
            .Bind(configuration.GetSection(ApiOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddRouting();
        services.AddDataProtection();
        services.AddHttpClient(HttpProviderGateway.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        services.TryAddSingleton(TimeProvider.System);
        AddAuthentication(services);
        AddRepresentations(services);
        AddEndpoints(services);
        return services;
    }

    private static void AddAuthentication(IServiceCollection services)
    {
        services.TryAddSingleton<CredentialChanges>();
        services.TryAddSingleton<ClientTokenSecrets>();
        services.AddSingleton<CallerCache>();
        services.TryAddSingleton<AttemptCounter>();
        services.TryAddSingleton<UserPasswords>();
        services.TryAddSingleton<BasicTokens>();
        services.AddSingleton<TokenUses>();
        services.AddHostedService(s => s.GetRequiredService<TokenUses>());
        services.AddSingleton<Authenticator>();
        services.AddSingleton<ApiDispatcher>();
    }

    private static void AddRepresentations(IServiceCollection services)
    {
        services.TryAddSingleton<DocumentTypeCatalog>();
        services.TryAddSingleton<HydraterCatalog>();
        services.TryAddSingleton<IProviderGateway, HttpProviderGateway>();
        services.TryAddSingleton<ProviderNotices>();
        services.AddHostedService<ProviderNoticeWorker>();
        services.AddSingleton<ProjectionEngine>();
        services.AddSingleton<ProjectionInputs>();
        services.AddSingleton<TemplateRenderer>();
        services.AddSingleton<ShownDocuments>();
        services.AddSingleton<ProviderDirectory>();
        services.AddSingleton<ProviderAccounts>();
        services.AddSingleton<UpdateThrottle>();
        services.AddSingleton<CompanyTree>();
        services.AddSingleton<CompanySettings>();
        services.AddSingleton<SubcompanyCreation>();
        services.AddSingleton<ExactValues>();
        services.AddSingleton<SearchPages>();
        services.AddSingleton<UserChanges>();
        services.AddSingleton<MultipartBodyReader>();
        services.AddSingleton<ApiParametersReader>();
        services.AddSingleton<DocumentBodies>();
        services.AddSingleton<DocumentChanges>();
        services.AddSingleton<RawDocuments>();
        services.AddSingleton<RelatedDocuments>();
        services.AddSingleton<UserAccessResolver>();
        services.AddSingleton<VisibleDocuments>();
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddSingleton<StatusEndpoints>();
        services.AddSingleton<TokenEndpoints>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<CompanyEndpoints>();
        services.AddSingleton<SubcompanyEndpoints>();
        services.AddSingleton<DocumentTypeEndpoints>();
        services.AddSingleton<DocumentTypeWriteEndpoints>();
        services.AddSingleton<SearchEndpoints>();
        services.AddSingleton<SuggestionEndpoints>();
        services.AddSingleton<DocumentReadEndpoints>();
        services.AddSingleton<DocumentWriteEndpoints>();
        services.AddSingleton<DocumentFileEndpoints>();
        services.AddSingleton<DocumentImageEndpoints>();
        services.AddSingleton<LegacyDocumentEndpoints>();
        services.AddSingleton<RelatedEndpoints>();
        services.AddSingleton<SimilarEndpoints>();
        services.AddSingleton<HydrationEndpoints>();
        services.AddSingleton<HydraterViews>();
        services.AddSingleton<HydraterEndpoints>();
        services.AddSingleton<HydraterMatchEndpoint>();
        services.AddSingleton<BulkHydrationEndpoints>();
        services.AddSingleton<HydraterWriteEndpoints>();
        services.AddSingleton<UpdateEndpoints>();
        services.AddSingleton<TrackEndpoints>();
        services.AddSingleton<ProviderEndpoints>();
        services.AddSingleton<BatchEndpoints>();
        services.AddSingleton<PageEndpoints>();
        services.AddSingleton<ReaderEndpoints>();
        services.AddSingleton<BatchPages>();
        services.AddSingleton<OpenApiDocument>();
        services.AddSingleton<OpenApiEndpoints>();
    }
}
