using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;

namespace AnyFetch.Manager.Exchange;

/// <summary>Removes tokens so that this node's API refuses them from the next request on.</summary>
internal sealed class TokenRevocation(IAccessTokenStore tokens, CredentialChanges changes)
{
    /// <summary>Removes a token with its documents. False when it is gone already.</summary>
    public async ValueTask<bool> RemoveAsync(AccessTokenId id, CancellationToken cancellationToken)
    {
        var wasThere = await tokens.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        if (wasThere)
        {
            Notify();
        }

        return wasThere;
    }

    /// <summary>Called after a token changed or went.</summary>
    public void Notify() => changes.Notify();
}
