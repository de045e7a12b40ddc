using AnyFetch.Api.DocumentTypes;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydraters;
using AnyFetch.Server.Http;
using AnyFetch.Server.Providers;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Server.Setup;

/// <summary>
/// Brings the store to what this version expects, before the first request: everything here may be repeated, by any
/// node and after any crash.
/// </summary>
internal sealed class ServerSetup(
    IDocumentTypeStore documentTypes,
    IHydraterStore hydraters,
    BuiltInHydraterRecords builtInHydraters,
    IClientStore clients,
    BuiltInProviders providers,
    BuiltInProviderSecrets secrets,
    ListenAddresses addresses,
    FirstAdministrator administrator) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var type in BuiltInDocumentTypeCatalog.All)
        {
            await documentTypes.PutBuiltInAsync(type, cancellationToken).ConfigureAwait(false);
        }

        foreach (var hydrater in builtInHydraters.All)
        {
            var isDefault = builtInHydraters.Defaults.Urls.Contains(hydrater.Url);
            await hydraters.PutBuiltInAsync(hydrater, isDefault, cancellationToken).ConfigureAwait(false);
        }

        foreach (var provider in providers.Configured)
        {
            var secret = await secrets.OfAsync(provider, cancellationToken).ConfigureAwait(false);
            await clients.PutAsync(provider.ToClient(addresses.PublicUrl), TokenSecret.Hash(secret), cancellationToken)
                .ConfigureAwait(false);
        }

        await WithdrawAsync(cancellationToken).ConfigureAwait(false);
        await administrator.EnsureAsync(builtInHydraters.Defaults.Urls, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>A provider that lost its settings is not offered any more; what was connected with it stays.</summary>
    private async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        foreach (var provider in providers.Missing)
        {
            if (await clients.FindAsync(provider.Id, cancellationToken).ConfigureAwait(false) is not { } client)
            {
                continue;
            }

            var secret = await secrets.OfAsync(provider, cancellationToken).ConfigureAwait(false);
            await clients.PutAsync(client with { RedirectUri = Core.Clients.Client.OutOfBand }, TokenSecret.Hash(secret), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
