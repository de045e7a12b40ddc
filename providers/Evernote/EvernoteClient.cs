using System.Net;
using System.Net.Http.Headers;
using AnyFetch.Provider;
using AnyFetch.Providers.Evernote.Thrift;

namespace AnyFetch.Providers.Evernote;

/// <summary>Evernote's interface EDAM, which speaks Thrift's binary protocol over HTTP.</summary>
internal sealed class EvernoteClient : IDisposable
{
    /// <summary>The member of the service data that holds the token.</summary>
    public const string TokenMember = "token";

    /// <summary>The member of the service data that says where the account's notes are.</summary>
    public const string NoteStoreMember = "note_store_url";

    private static readonly MediaTypeHeaderValue MediaType = new("application/x-thrift");

    private readonly SourceHttp _http;
    private readonly EvernoteProviderOptions _options;
    private readonly TimeProvider _time;

    public EvernoteClient(EvernoteProviderOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _time = timeProvider;
        _http = new SourceHttp("Evernote", options.AnswerBytesMax);
        OAuth = new OAuth1Client(
            _http.Http,
            new OAuth1Application(
                options.ConsumerKey,
                options.ConsumerSecret,
                new Uri(options.ServiceUrl, "oauth"),
                new Uri(options.ServiceUrl, "OAuth.action"),
                new Uri(options.ServiceUrl, "oauth")),
            timeProvider);
    }

    public OAuth1Client OAuth { get; }

    private Uri UserStore => new(_options.ServiceUrl, "edam/user");

    public void Dispose() => _http.Dispose();

    public Task<string> GetUserNameAsync(string token, CancellationToken cancellationToken) =>
        AskAsync(
            UserStore, "getUser", call => call.Field(1, token), EvernoteLabel.ReadUserName, cancellationToken);

    /// <summary>Gives a grant back.</summary>
    public Task RevokeAsync(string token, CancellationToken cancellationToken) =>
        AskAsync(UserStore, "revokeLongSession", call => call.Field(1, token), _ => true, cancellationToken);

    public Task<EvernoteState> GetStateAsync(SourceAccount account, CancellationToken cancellationToken) =>
        AskAsync(account, "getSyncState", _ => { }, EvernoteState.Read, cancellationToken);

    /// <summary>What changed after a number: notes with what lies in them, and what is gone for ever.</summary>
    public Task<EvernoteChunk> ListAsync(SourceAccount account, int after, CancellationToken cancellationToken) =>
        AskAsync(
            account,
            "getFilteredSyncChunk",
            call =>
            {
                call.Field(2, after);
                call.Field(3, _options.PageItemsMax);
                call.Field(4, filter =>
                {
                    // Notes, their resources, notebooks (so that expunged ones are told), resources, what is expunged.
                    foreach (short include in (ReadOnlySpan<short>)[1, 2, 4, 7, 9])
                    {
                        filter.Field(include, true);
                    }
                });
            },
            EvernoteChunk.Read,
            cancellationToken);

    public Task<List<EvernoteLabel>> ListNotebooksAsync(SourceAccount account, CancellationToken cancellationToken) =>
        AskAsync(account, "listNotebooks", _ => { }, reply => reply.ReadList(EvernoteLabel.Read), cancellationToken);

    public Task<List<EvernoteLabel>> ListTagsAsync(SourceAccount account, CancellationToken cancellationToken) =>
        AskAsync(account, "listTags", _ => { }, reply => reply.ReadList(EvernoteLabel.Read), cancellationToken);

    /// <summary>One note; null when there is none.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">The note's id.</param>
    /// <param name="withContent">Whether its markup and what was recognised in its pictures are wanted.</param>
    /// <param name="withData">Whether the content of its pictures and attachments is wanted.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<EvernoteNote?> FindNoteAsync(
        SourceAccount account, string id, bool withContent, bool withData, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(
                account,
                "getNote",
                call =>
                {
                    call.Field(2, id);
                    call.Field(3, withContent);
                    call.Field(4, withData);
                    call.Field(5, withContent);
                    call.Field(6, false);
                },
                EvernoteNote.Read,
                cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The content of a small picture.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public Task<ReadOnlyMemory<byte>> GetDataAsync(
        SourceAccount account, string id, CancellationToken cancellationToken) =>
        AskAsync(account, ThriftDownload.Method, call => call.Field(2, id), reply => reply.ReadBytes(), cancellationToken);

    /// <summary>Opens the content of an attachment. The caller disposes it.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    public async Task<Stream> OpenAsync(SourceAccount account, string id, CancellationToken cancellationToken)
    {
        var response = await SendAsync(
            NoteStore(account), ThriftDownload.Method, Signed(account, call => call.Field(2, id)), cancellationToken);
        Stream? content = null;
        try
        {
            content = await ReadableAsync(() => ThriftDownload.OpenAsync(response, Refuse, cancellationToken));
            return content;
        }
        finally
        {
            if (content is null)
            {
                response.Dispose();
            }
        }
    }

    private Task<T> AskAsync<T>(
        SourceAccount account, string method, Action<ThriftWriter> arguments, Func<ThriftReader, T> read,
        CancellationToken cancellationToken) =>
        AskAsync(NoteStore(account), method, Signed(account, arguments), read, cancellationToken);

    private async Task<T> AskAsync<T>(
        Uri store, string method, Action<ThriftWriter> arguments, Func<ThriftReader, T> read,
        CancellationToken cancellationToken)
    {
        using var response = await SendAsync(store, method, arguments, cancellationToken);
        await response.Content.LoadIntoBufferAsync(_options.AnswerBytesMax, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return await ReadableAsync(() => Task.FromResult(Read(new ThriftReader(bytes), method, read)));
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri store, string method, Action<ThriftWriter> arguments, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, store)
        {
            Content = new ReadOnlyMemoryContent(ThriftWriter.Call(method, arguments)),
        };
        request.Content.Headers.ContentType = MediaType;
        var response = await _http.CallAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                SourceException.ThrowIfRefused(response, _time);
            }
        }

        return response;
    }

    private static T Read<T>(ThriftReader reader, string method, Func<ThriftReader, T> read)
    {
        var (kind, name) = reader.ReadMessage();
        if (kind != ThriftMessageKind.Reply || name != method)
        {
            throw new InvalidDataException("This answers another question.");
        }

        // A method without a result answers an empty struct.
        return !reader.Next(out var field) || field.Id == 0 ? read(reader) : throw Refuse(field, reader);
    }

    // In every method 1 is the caller's fault, 2 the service's, and 3 says that there is no such thing.
    private static Exception Refuse(ThriftField field, ThriftReader reader) => field switch
    {
        (1 or 2, ThriftType.Struct) => EvernoteFault.Read(reader).ToException(),
        (3, ThriftType.Struct) => new FileNotFoundException("Evernote has it no more."),
        _ => new InvalidDataException("The answer is neither a result nor a refusal."),
    };

    // Cut short or made by something in between: nothing may be concluded from it, so it is asked for again.
    private static async Task<T> ReadableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw new SourceException(HttpStatusCode.BadGateway, "Evernote's answer cannot be read.", broken);
        }
    }

    private static Action<ThriftWriter> Signed(SourceAccount account, Action<ThriftWriter> arguments) => call =>
    {
        call.Field(1, account.Text(TokenMember) ?? throw Disconnected());
        arguments(call);
    };

    private static Uri NoteStore(SourceAccount account) =>
        Uri.TryCreate(account.Text(NoteStoreMember), UriKind.Absolute, out var store) ? store : throw Disconnected();

    private static TokenException Disconnected() => new("The account does not know its Evernote: reconnect it.");
}
