using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>The connect contract, for sources with a consent page of their own (provider-protocol, section 2).</summary>
public interface IConnector
{
    /// <summary>Starts: says where the browser must go.</summary>
    /// <param name="request">The callback address, the single-use state and the PKCE challenge to send along.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken);

    /// <summary>Finishes: trades what the source sent back for service data.</summary>
    /// <param name="reply">The incoming parameters and what <see cref="BeginAsync"/> kept.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="CancelException">The user refused at the source.</exception>
    /// <exception cref="ConnectException">It failed; the message is shown to the user.</exception>
    Task<ConnectedSource> CompleteAsync(ConnectReply reply, CancellationToken cancellationToken);

    /// <summary>Gives the grant back when an account is removed; best effort. The default does nothing.</summary>
    /// <param name="serviceData">The account's service data.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task RevokeAsync(JsonObject serviceData, CancellationToken cancellationToken) => Task.CompletedTask;
}
