using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Locks;
using AnyFetch.Core.Pages;
using AnyFetch.Core.Queue;
using AnyFetch.Core.Settings;
using AnyFetch.Core.Users;
using AnyFetch.Storage.AccessTokens;
using AnyFetch.Storage.Clients;
using AnyFetch.Storage.Cleaning;
using AnyFetch.Storage.Companies;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Documents;
using AnyFetch.Storage.DocumentTypes;
using AnyFetch.Storage.Feed;
using AnyFetch.Storage.Files;
using AnyFetch.Storage.Hydraters;
using AnyFetch.Storage.Locks;
using AnyFetch.Storage.Pages;
using AnyFetch.Storage.PostgreSql;
using AnyFetch.Storage.Queue;
using AnyFetch.Storage.Settings;
using AnyFetch.Storage.Sqlite;
using AnyFetch.Storage.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Storage;

/// <summary>Adds the stores to an application.</summary>
public static class StorageExtensions
{
    /// <summary>
    /// Adds every store of Core over one database. It is opened, and its schema brought up to date, when the first
    /// store is asked for.
    /// </summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is wrong.</exception>
    public static IServiceCollection AddAnyFetchStorage(this IServiceCollection services, StorageOptions options)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(Open);
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<DocumentStore>());
        services.AddSingleton<IPageStore, PageStore>();
        services.AddSingleton<IChangeFeed, ChangeFeed>();
        services.AddSingleton<IFeedCursorStore, FeedCursorStore>();
        services.AddSingleton<IWorkQueue, WorkQueue>();
        services.AddSingleton<ILockStore, LockStore>();
        services.AddSingleton<ISettingStore, SettingStore>();
        services.AddSingleton<ICompanyStore, CompanyStore>();
        services.AddSingleton<IUserStore, UserStore>();
        services.AddSingleton<IAccessTokenStore, AccessTokenStore>();
        services.AddSingleton<IClientStore, ClientStore>();
        services.AddSingleton<IDocumentTypeStore, DocumentTypeStore>();
        services.AddSingleton<IHydraterStore, HydraterStore>();
        services.AddSingleton<DocumentRemoval>();
        services.AddSingleton<AccessTokenRemoval>();
        services.AddSingleton<FileRelease>();
        services.AddSingleton<DiskFileStore>();
        services.AddSingleton<IFileStore>(provider => provider.GetRequiredService<DiskFileStore>());
        services.AddSingleton<DeadJobPruning>();
        services.AddSingleton<DeletionPruning>();
        services.AddHostedService<StoreCleaner>();
        services.AddHostedService<FileCleaner>();
        return services;
    }

    private static IDatabase Open(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<StorageOptions>();
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        return options.Type switch
        {
            StorageType.PostgreSql => PostgreSqlDatabase.Open(
                options, timeProvider, provider.GetRequiredService<ILogger<PostgreSqlDatabase>>()),
            _ => SqliteDatabase.Open(options, timeProvider),
        };
    }
}
