using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Settings;

namespace AnyFetch.Server.Providers;

/// <summary>The application secrets of the built-in providers: made once for an installation, the same on every node.</summary>
internal sealed class BuiltInProviderSecrets(ISettingStore settings)
{
    public ValueTask<string> OfAsync(BuiltInProvider provider, CancellationToken cancellationToken) =>
        settings.GetOrAddAsync(
            $"provider-secret/{provider.Name}", TokenSecret.New(TokenSecret.BasicTokenChars), cancellationToken);
}
