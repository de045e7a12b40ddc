using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce.Records;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Salesforce;

/// <summary>Adds the Salesforce provider to a host.</summary>
public static class SalesforceProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "salesforce";

    private const int Concurrency = 4;

    /// <summary>Adds the provider under the name <c>salesforce</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">The application at Salesforce, and what is read.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddSalesforceProvider(
        this IServiceCollection services,
        Action<SalesforceProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SalesforceProviderOptions>().Validate(
            options => options.Objects.All(RecordKinds.IsKnown),
            $"Providers:Salesforce:Objects may name {string.Join(", ", RecordKinds.All.Select(kind => kind.Name))}.");
        return services.AddSource<SalesforceProvider, SalesforceProviderOptions>(
            Name, Concurrency, configure, configureProvider);
    }
}
