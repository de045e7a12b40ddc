using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Dropbox;

/// <summary>Dropbox' HTTP interface, version 2: questions as JSON, refusals as exceptions that say what follows.</summary>
internal sealed class DropboxClient : IDisposable
{
    /// <summary>The member of the service data that names a team space's root.</summary>
    public const string RootMember = "root_namespace_id";

    private const int FolderMembersPerPage = 1000;
    private const int FileMembersPerPage = 300;
    private const int AccountsPerCall = 300;
    private const int MemberPagesMax = 100;

    private static readonly string[] Scopes = ["account_info.read", "files.metadata.read", "files.content.read"];

    private readonly SourceHttp _calls;
    private readonly DropboxProviderOptions _options;
    private readonly TimeProvider _time;

    public DropboxClient(DropboxProviderOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _time = timeProvider;
        _calls = new SourceHttp("Dropbox", options.AnswerBytesMax);
        OAuth = new OAuthClient(
            _calls.Http,
            new OAuthApplication(
                options.AppKey, options.AppSecret, options.AuthorizeUrl, new Uri(options.ApiUrl, "oauth2/token"))
            {
                Scopes = options.Permissions ? [.. Scopes, "sharing.read"] : Scopes,
                AuthorizeParameters = new Dictionary<string, string> { ["token_access_type"] = "offline" },
            },
            timeProvider);
        Session = new OAuthSession(OAuth, timeProvider);
    }

    public OAuthClient OAuth { get; }

    public OAuthSession Session { get; }

    public void Dispose() => _calls.Dispose();

    /// <summary>The first page of everything, or what changed since a cursor.</summary>
    /// <exception cref="CursorExpiredException">The cursor is too old.</exception>
    public async Task<DropboxPage> ListAsync(SourceAccount account, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(
                account,
                cursor is null ? "2/files/list_folder" : "2/files/list_folder/continue",
                cursor is null
                    ? new DropboxQuestion
                    {
                        Path = "", Recursive = true, Limit = _options.PageItemsMax, IncludeNonDownloadableFiles = true,
                        IncludeHasExplicitSharedMembers = _options.Permissions ? true : null,
                    }
                    : new DropboxQuestion { Cursor = cursor },
                DropboxJson.Default.DropboxPage,
                cancellationToken);
        }
        catch (DropboxException refused) when (cursor is not null && refused.Is("reset"))
        {
            throw new CursorExpiredException("Dropbox reset the cursor.", refused);
        }
    }

    /// <summary>One file by its path; null when there is none.</summary>
    public async Task<DropboxEntry?> FindAsync(SourceAccount account, string path, CancellationToken cancellationToken)
    {
        try
        {
            var entry = await AskAsync(
                account, "2/files/get_metadata", new DropboxQuestion { Path = path }, DropboxJson.Default.DropboxEntry,
                cancellationToken);
            return entry.Tag == "file" ? entry : null;
        }
        catch (DropboxException refused) when (refused.Is("path/not_found"))
        {
            return null;
        }
    }

    /// <summary>The verified addresses of a shared folder's members.</summary>
    public Task<IReadOnlyCollection<string>> ListFolderMembersAsync(
        SourceAccount account, string sharedFolder, CancellationToken cancellationToken) =>
        ListMembersAsync(
            account,
            "2/sharing/list_folder_members",
            new DropboxQuestion { SharedFolderId = sharedFolder, Limit = FolderMembersPerPage },
            cancellationToken);

    /// <summary>The verified addresses of those whom a file was shared with, inherited ones included.</summary>
    public Task<IReadOnlyCollection<string>> ListFileMembersAsync(
        SourceAccount account, string id, CancellationToken cancellationToken) =>
        ListMembersAsync(
            account, "2/sharing/list_file_members", new DropboxQuestion { File = id, Limit = FileMembersPerPage },
            cancellationToken);

    // Members of Dropbox' own groups are told to team administrators alone: such groups open nothing.
    private async Task<IReadOnlyCollection<string>> ListMembersAsync(
        SourceAccount account, string path, DropboxQuestion question, CancellationToken cancellationToken)
    {
        var accounts = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 0; page < MemberPagesMax; page++)
        {
            var members = await AskAsync(account, path, question, DropboxJson.Default.DropboxMembers, cancellationToken);
            accounts.UnionWith(members.Users.Select(member => member.User.AccountId));
            if (members.Cursor is not { Length: > 0 } cursor)
            {
                break;
            }

            question = new DropboxQuestion { Cursor = cursor };
            path = path.EndsWith("/continue", StringComparison.Ordinal) ? path : path + "/continue";
        }

        var emails = new List<string>(accounts.Count);
        foreach (var some in accounts.Chunk(AccountsPerCall))
        {
            var known = await AskAsync(
                account, "2/users/get_account_batch", new DropboxQuestion { AccountIds = some },
                DropboxJson.Default.IReadOnlyListDropboxPerson, cancellationToken);
            emails.AddRange(known.Where(person => person is { EmailVerified: true, Disabled: not true, Email: not null })
                .Select(person => person.Email!));
        }

        return emails;
    }

    /// <summary>Opens the content of a file, or the export of a document that has none. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public async Task<Stream> OpenAsync(
        SourceAccount account, string id, string? exportFormat, bool isExport, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(
                account,
                new Uri(_options.ContentUrl, isExport ? "2/files/export" : "2/files/download"),
                new DropboxQuestion { Path = id, ExportFormat = exportFormat },
                inHeader: true,
                cancellationToken);
            return await SourceHttp.OpenAsync(response, cancellationToken);
        }
        catch (DropboxException refused) when (refused.Is("path/not_found"))
        {
            throw new FileNotFoundException("The file is gone.", refused);
        }
    }

    /// <summary>Opens a thumbnail; null when there is none. The caller disposes it.</summary>
    public async Task<Stream?> OpenThumbnailAsync(
        SourceAccount account, string id, string format, string size, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(
                account,
                new Uri(_options.ContentUrl, "2/files/get_thumbnail_v2"),
                new DropboxQuestion
                {
                    Resource = new DropboxResource("path", id), Format = format, Size = size, Mode = "bestfit",
                },
                inHeader: true,
                cancellationToken);
            return await SourceHttp.OpenAsync(response, cancellationToken);
        }
        catch (DropboxException)
        {
            return null;
        }
    }

    /// <summary>Who an access token belongs to.</summary>
    public async Task<DropboxAccount> GetAccountAsync(string accessToken, CancellationToken cancellationToken)
    {
        using var request = Request(
            new Uri(_options.ApiUrl, "2/users/get_current_account"), question: null, inHeader: false, accessToken, root: null);
        using var response = await _calls.CallAsync(request, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
        return await _calls.ReadAsync(response, DropboxJson.Default.DropboxAccount, cancellationToken);
    }

    /// <summary>Gives a grant back.</summary>
    public async Task RevokeAsync(string refreshToken, CancellationToken cancellationToken)
    {
        // Revoking any access token of a grant ends its refresh token as well; the one at hand may be old.
        var tokens = await OAuth.RefreshAsync(refreshToken, cancellationToken);
        using var request = Request(
            new Uri(_options.ApiUrl, "2/auth/token/revoke"), question: null, inHeader: false, tokens.AccessToken, root: null);
        using var response = await _calls.CallAsync(request, cancellationToken);
        await ThrowIfRefusedAsync(response, cancellationToken);
    }

    private async Task<T> AskAsync<T>(
        SourceAccount account, string path, DropboxQuestion question, JsonTypeInfo<T> shape,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            account, new Uri(_options.ApiUrl, path), question, inHeader: false, cancellationToken);
        return await _calls.ReadAsync(response, shape, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(
        SourceAccount account, Uri address, DropboxQuestion question, bool inHeader, CancellationToken cancellationToken) =>
        _calls.SendAsync(
            Session, account, token => Request(address, question, inHeader, token, account.Text(RootMember)),
            RefuseAsync, cancellationToken);

    private async Task RefuseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // The team moved its space: where its root is now is asked when the account is connected.
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            throw new TokenException("Dropbox knows the account's root no longer: reconnect it.");
        }

        if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            await ThrowIfRefusedAsync(response, cancellationToken);
        }
    }

    private static HttpRequestMessage Request(
        Uri address, DropboxQuestion? question, bool inHeader, string token, string? root)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (root is not null)
        {
            request.Headers.TryAddWithoutValidation(
                "Dropbox-API-Path-Root", $$"""{".tag": "root", "root": "{{JsonEncodedText.Encode(root)}}"}""");
        }

        if (question is null)
        {
            return request;
        }

        // The serializer escapes everything outside ASCII, which is what a header needs.
        var json = JsonSerializer.Serialize(question, DropboxJson.Default.DropboxQuestion);
        if (inHeader)
        {
            request.Headers.TryAddWithoutValidation("Dropbox-API-Arg", json);
        }
        else
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    private async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.Conflict)
        {
            SourceException.ThrowIfRefused(response, _time);
            return;
        }

        var refusal = await SourceHttp.ReadRefusalAsync(
            response, DropboxJson.Default.DropboxRefusal, cancellationToken);
        throw new DropboxException(refusal?.ErrorSummary ?? "");
    }
}
