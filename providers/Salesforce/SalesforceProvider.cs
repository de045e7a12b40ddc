using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce.Records;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Salesforce;

/// <summary>Sends contacts and other records of a Salesforce organisation (providers specification, section 6).</summary>
public sealed class SalesforceProvider : IProvider, IConnectForm, IDocumentFetcher, ISingleFetch, IDisposable
{
    private readonly SalesforceProviderOptions _options;
    private readonly SalesforceClient _client;
    private readonly IReadOnlyList<RecordKind> _kinds;

    /// <summary>Creates the provider.</summary>
    /// <param name="options">The application at Salesforce, and what is read.</param>
    /// <param name="timeProvider">The clock.</param>
    public SalesforceProvider(IOptions<SalesforceProviderOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _client = new SalesforceClient(_options, timeProvider);
        _kinds = RecordKinds.Choose(_options.Objects);
    }

    /// <inheritdoc />
    public SetupForm? Form => _options.LoginUrl is null ? SalesforceHosts.Form : null;

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <inheritdoc />
    public Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var login = _options.LoginUrl ?? SalesforceHosts.Read(request.Values.GetValueOrDefault(SalesforceHosts.Field));
        return Task.FromResult(new ConnectStart(
            _client.OAuth(login).AuthorizeUrl(request),
            new JsonObject { [SalesforceClient.LoginMember] = login.AbsoluteUri }));
    }

    /// <inheritdoc />
    public async Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var login = new Uri((string)reply.PreData![SalesforceClient.LoginMember]!);
        var tokens = await _client.OAuth(login).ExchangeAsync(reply, cancellationToken);
        var instance = SalesforceHosts.Accept(Text(tokens.Answer, "instance_url"), _options.LoginUrl);

        // https://login.salesforce.com/id/{organisation}/{user}
        var identity = Text(tokens.Answer, "id")?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (identity.Length < 2
            || await _client.GetUserNameAsync(instance, tokens.AccessToken, identity[^1], cancellationToken)
                is not { Length: > 0 } name)
        {
            throw new ConnectException("Salesforce did not say whose account it is.");
        }

        var data = _client.Session(login).Begin(tokens);
        data[SalesforceClient.LoginMember] = login.AbsoluteUri;
        data[SalesforceClient.InstanceMember] = instance.AbsoluteUri;
        data["organization_id"] = identity[^2];
        data["user_id"] = identity[^1];
        return new ConnectedSource(name, data);
    }

    /// <inheritdoc />
    public Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceData);
        return (string?)serviceData["refresh_token"] is { } token
            && Uri.TryCreate((string?)serviceData[SalesforceClient.LoginMember], UriKind.Absolute, out var login)
                ? _client.RevokeAsync(login, token, cancellationToken)
                : Task.CompletedTask;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<SyncItem> SyncAsync(SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new SalesforceListing(_client, _options, _kinds, context).RunAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task<FetchResult> FetchAsync(
        SyncItem.Upsert item, FetchContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        var file = (string?)item.Payload?["body"] is { } path
            ? new DocumentFile
            {
                Name = (string?)item.Payload["name"] ?? "file",
                Length = (long?)item.Payload["size"],
                Open = async token => await _client.OpenAsync(context.Account, path, token),
            }
            : null;
        return Task.FromResult<FetchResult>(new FetchResult.Send(item.Document ?? new DocumentDraft(), file));
    }

    /// <inheritdoc />
    public Task<SyncItem.Upsert?> FindAsync(
        string identifier, SyncContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(context);
        return new SalesforceListing(_client, _options, _kinds, context).FindAsync(identifier, cancellationToken);
    }

    private static string? Text(JsonObject answer, string name) =>
        answer[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
