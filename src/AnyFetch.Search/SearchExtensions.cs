using AnyFetch.Core.Search;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Following;
using AnyFetch.Search.Highlights;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Suggestions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Search;

/// <summary>Adds search to a host.</summary>
public static class SearchExtensions
{
    /// <summary>
    /// Adds <see cref="ISearchIndex"/>, <see cref="IHighlighter"/> and <see cref="Reindexer"/>, and follows the change
    /// feed. The host must add the feed, the company store, the document type catalogue and a <see cref="TimeProvider"/>;
    /// for <see cref="ISuggester"/> the document store as well.
    /// </summary>
    public static IServiceCollection AddAnyFetchSearch(this IServiceCollection services, Action<SearchOptions> configure)
    {
        services.AddOptions<SearchOptions>()
            .BindConfiguration(SearchOptions.Section)
            .Configure(configure)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<MappingCache>();
        services.AddSingleton<IndexRegistry>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<ISearchIndex>(provider => provider.GetRequiredService<SearchIndex>());
        services.AddSingleton<IHighlighter, Highlighter>();
        services.AddSingleton<ISuggester, Suggester>();
        services.AddSingleton<IndexRebuilder>();
        services.AddSingleton(provider => new Reindexer(provider.GetRequiredService<IndexRebuilder>()));
        services.AddHostedService<IndexRepair>();
        services.AddSingleton<SearchFollower>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SearchFollower>());
        services.AddSingleton(provider => new SearchLag(provider.GetRequiredService<SearchFollower>()));
        return services;
    }
}
