using System.Text.Json.Nodes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>How any of Google's services is connected.</summary>
public abstract class GoogleProvider : IConnector, IDisposable
{
    private readonly GoogleConnection _google;

    private protected GoogleProvider(GoogleConnection google) => _google = google;

    /// <inheritdoc />
    public void Dispose()
    {
        _google.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(_google.Begin(request));

    /// <inheritdoc />
    public Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken) =>
        _google.CompleteAsync(reply, cancellationToken);

    /// <inheritdoc />
    public Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceData);
        return _google.RevokeAsync(serviceData, cancellationToken);
    }
}
