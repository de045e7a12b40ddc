using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>
/// Sends the files of a Google Drive (providers specification, section 4), the shared drives' too, and follows them by
/// Drive's own logs of changes.
/// </summary>
public sealed class GoogleDriveProvider : GoogleProvider, IProvider, IDocumentFetcher, ISingleFetch
{
    private readonly GoogleDriveProviderOptions _options;
    private readonly GoogleDriveClient _client;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">The application at Google.</param>
    /// <param name="timeProvider">The clock.</param>
    public GoogleDriveProvider(IOptions<GoogleDriveProviderOptions> options, TimeProvider timeProvider)
        : this(
            (options ?? throw new ArgumentNullException(nameof(options))).Value,
            new GoogleDriveClient(options.Value, timeProvider), timeProvider)
    {
    }

    private GoogleDriveProvider(GoogleDriveProviderOptions options, GoogleDriveClient client, TimeProvider timeProvider)
        : base(client.Google, new DriveNotices(options, client, timeProvider)) =>
        (_options, _client) = (options, client);

    /// <inheritdoc />
    public IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new DriveListing(_client, _options, context).RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FetchResult> FetchAsync(
        SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var file = DriveItem.Read(item);
        var account = context.Account;
        return new FetchResult.Send(DriveDocuments.Draft(file), file.HasContent ? Content(account, file) : null)
        {
            Access = _options.Permissions && file.IsInSharedDrive
                ? DriveAccess.Read(await _client.PermissionsAsync(account, file.Id, cancellationToken), account)
                : null,
        };
    }

    /// <inheritdoc />
    public async Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        if (!identifier.StartsWith(DriveDocuments.Prefix, StringComparison.Ordinal)
            || await _client.FindAsync(context.Account, identifier[DriveDocuments.Prefix.Length..], cancellationToken)
                is not { Trashed: false, IsFolder: false } file)
        {
            return null;
        }

        var folders = new DriveFolders(_client, context.Account, _options.FoldersMax);
        return DriveDocuments.ToUpsert(file, await folders.FindAsync(file, cancellationToken), _options, context);
    }

    private DocumentFile Content(SourceAccount account, DriveItem file) => new()
    {
        Name = file.FileName,
        ContentType = file.Type,
        Length = file.Size,
        Open = async token => await _client.OpenAsync(account, file.Id, file.IsExport ? file.Type : null, token),
    };
}
