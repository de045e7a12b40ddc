using System.Globalization;
using System.Net;
using System.Text.Json;
using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>Drive's HTTP interface, version 3.</summary>
internal sealed class GoogleDriveClient
{
    private const string Scope = "https://www.googleapis.com/auth/drive.readonly";
    private const string DrivesPerPage = "100";
    private const string PermissionsPerPage = "100";
    private const int PermissionsMax = 10_000;
    private const string True = "true";

    private readonly GoogleDriveProviderOptions _options;

    public GoogleDriveClient(GoogleDriveProviderOptions options, TimeProvider timeProvider)
    {
        _options = options;
        Google = new GoogleConnection("Google Drive", Scope, options, timeProvider);
    }

    /// <summary>The connection, which whoever made the client disposes.</summary>
    public GoogleConnection Google { get; }

    private string PageItems => _options.PageItemsMax.ToString(CultureInfo.InvariantCulture);

    private string Fields => DriveFile.FieldsWith(_options.Permissions);

    /// <summary>Where a log of changes stands now.</summary>
    public async Task<string> StartAsync(SourceAccount account, string? drive, CancellationToken cancellationToken)
    {
        var address = Address("changes/startPageToken", ("driveId", drive), ("supportsAllDrives", True));
        var start = await Google.GetAsync(account, address, DriveJson.Default.DriveStart, cancellationToken);
        return start.StartPageToken;
    }

    /// <summary>One page of the files that a query finds, among a person's own or in a shared drive; newest first.</summary>
    /// <exception cref="CursorExpiredException">The page is no longer known.</exception>
    public async Task<DriveFilePage> ListAsync(
        SourceAccount account, string? drive, string query, string? page, CancellationToken cancellationToken)
    {
        var address = Address(
            "files",
            ("q", query),
            ("corpora", drive is null ? "user" : "drive"),
            ("driveId", drive),
            ("supportsAllDrives", True),
            ("includeItemsFromAllDrives", True),
            ("orderBy", "modifiedTime desc"),
            ("pageSize", PageItems),
            ("pageToken", page),
            ("fields", $"nextPageToken,incompleteSearch,files({Fields})"));
        try
        {
            return await Google.GetAsync(account, address, DriveJson.Default.DriveFilePage, cancellationToken);
        }
        catch (GoogleException refused) when (page is not null && refused.IsBadPage)
        {
            throw new CursorExpiredException("Drive knows the page no longer.", refused);
        }
    }

    /// <summary>What changed since a token.</summary>
    /// <exception cref="CursorExpiredException">The token is no longer known.</exception>
    public async Task<DriveChangePage> ChangesAsync(
        SourceAccount account, string? drive, string token, CancellationToken cancellationToken)
    {
        var address = Address(
            "changes",
            ("pageToken", token),
            ("driveId", drive),
            ("supportsAllDrives", True),
            ("includeItemsFromAllDrives", True),
            ("includeRemoved", True),
            ("includeCorpusRemovals", True),
            ("pageSize", PageItems),
            ("fields", $"nextPageToken,newStartPageToken,changes(fileId,removed,file({Fields}))"));
        try
        {
            return await Google.GetAsync(account, address, DriveJson.Default.DriveChangePage, cancellationToken);
        }
        catch (GoogleException refused) when (refused.IsBadPage)
        {
            throw new CursorExpiredException("Drive knows the token no longer.", refused);
        }
    }

    /// <summary>One file or folder, or the folder <c>root</c>; null when the person sees none.</summary>
    public Task<DriveFile?> FindAsync(SourceAccount account, string id, CancellationToken cancellationToken) =>
        Google.FindAsync(
            account,
            Address($"files/{Uri.EscapeDataString(id)}", ("supportsAllDrives", True), ("fields", Fields)),
            DriveJson.Default.DriveFile,
            cancellationToken);

    /// <summary>One page of the shared drives that a person is a member of.</summary>
    public Task<DrivePage> DrivesAsync(SourceAccount account, string? page, CancellationToken cancellationToken) =>
        Google.GetAsync(
            account,
            Address(
                "drives", ("pageSize", DrivesPerPage), ("pageToken", page), ("fields", "nextPageToken,drives(id,name)")),
            DriveJson.Default.DrivePage,
            cancellationToken);

    /// <summary>Who may see a file of a shared drive, which listings do not tell; null when the person may not know.</summary>
    public async Task<IReadOnlyList<DrivePermission>?> PermissionsAsync(
        SourceAccount account, string id, CancellationToken cancellationToken)
    {
        var permissions = new List<DrivePermission>();
        string? next = null;
        do
        {
            var address = Address(
                $"files/{Uri.EscapeDataString(id)}/permissions",
                ("supportsAllDrives", True),
                ("pageSize", PermissionsPerPage),
                ("pageToken", next),
                ("fields", $"nextPageToken,{DriveFile.PermissionFields}"));
            try
            {
                var page = await Google.GetAsync(
                    account, address, DriveJson.Default.DrivePermissionPage, cancellationToken);
                permissions.AddRange(page.Permissions);
                next = page.NextPageToken;
            }
            catch (GoogleException refused) when (refused is { Status: HttpStatusCode.Forbidden, IsRetryable: false })
            {
                return null;
            }
        }
        while (next is not null && permissions.Count < PermissionsMax);
        return next is null ? permissions : null;
    }

    /// <summary>Begins a channel: Drive calls its address whenever the log of a person's own changes grows.</summary>
    public async Task<DriveChannel> WatchAsync(
        SourceAccount account, DriveChannel channel, CancellationToken cancellationToken)
    {
        var start = await StartAsync(account, drive: null, cancellationToken);
        var address = Address(
            "changes/watch",
            ("pageToken", start),
            ("supportsAllDrives", True),
            ("includeItemsFromAllDrives", True),
            ("includeCorpusRemovals", True));
        return await Google.PostAsync(
            account, address, channel, DriveJson.Default.DriveChannel, DriveJson.Default.DriveChannel, cancellationToken);
    }

    /// <summary>Ends a channel, unless it has ended.</summary>
    public Task StopAsync(SourceAccount account, DriveChannel channel, CancellationToken cancellationToken) =>
        Google.EndAsync(
            account, Address("channels/stop"), JsonSerializer.Serialize(channel, DriveJson.Default.DriveChannel),
            cancellationToken);

    /// <summary>Opens the content of a file, or an export. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public Task<Stream> OpenAsync(
        SourceAccount account, string id, string? exportType, CancellationToken cancellationToken) =>
        Google.OpenAsync(
            account,
            exportType is null
                ? Address($"files/{Uri.EscapeDataString(id)}", ("alt", "media"), ("supportsAllDrives", True))
                : Address($"files/{Uri.EscapeDataString(id)}/export", ("mimeType", exportType)),
            cancellationToken);

    private Uri Address(string path, params (string Name, string? Value)[] parameters) =>
        GoogleConnection.Address(_options.ApiUrl, path, parameters);
}
