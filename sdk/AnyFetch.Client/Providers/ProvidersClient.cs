using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>The connected sources of the current user: <c>/providers</c>.</summary>
public sealed class ProvidersClient
{
    private readonly ApiTransport _transport;

    internal ProvidersClient(ApiTransport transport) => _transport = transport;

    /// <summary>Every token that the user owns.</summary>
    public async Task<IReadOnlyList<ConnectedProvider>> ListAsync(CancellationToken cancellationToken) =>
        await _transport.GetAsync("providers", ClientJson.Default.ConnectedProviderArray, cancellationToken);

    /// <summary>One of them, in its short form.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<ConnectedProvider> GetAsync(string id, CancellationToken cancellationToken) =>
        _transport.GetAsync(Path(id), ClientJson.Default.ConnectedProvider, cancellationToken);

    /// <summary>Disconnects a source: revokes its token and deletes its documents.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id)), cancellationToken);

    /// <summary>Makes the source send everything again at its next update; documents stay.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task ResetAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id) + "/reset"), cancellationToken);

    private static string Path(string id) => "providers/" + Uri.EscapeDataString(id);
}
