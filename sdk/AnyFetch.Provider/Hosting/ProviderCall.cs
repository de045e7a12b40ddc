using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>One request to a provider.</summary>
internal sealed record ProviderCall(ProviderRuntime Runtime, HttpContext Http, RequestParameters Parameters)
{
    /// <summary>Runs a handler for the account of <c>access_token</c>: 409 without one, 404 for an unknown one.</summary>
    public async Task<IResult> WithAccountAsync(
        Func<AccountRow, Task<IResult>> handler, CancellationToken cancellationToken)
    {
        if (Parameters["access_token"] is not { } token)
        {
            return Reply.Missing("access_token");
        }

        var account = await Runtime.Store.Accounts.FindByTokenAsync(token, cancellationToken);
        return account is null ? Reply.UnknownToken() : await handler(account);
    }
}
