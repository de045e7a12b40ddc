using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Settings;

namespace AnyFetch.Core.AccessTokens;

/// <summary>
/// The secrets of client tokens. The platform must say a token's secret again when it calls the provider
/// (<c>POST /update</c>, <c>DELETE /token</c>, a reconnect: provider-protocol §6), yet keeps only the hash. So a
/// secret is derived from the token's id with a key of the installation: nothing per token is stored in clear,
/// and a token that is removed is gone, since its id never comes back.
/// </summary>
public sealed class ClientTokenSecrets(ISettingStore settings)
{
    /// <summary>Where the key is kept, as hexadecimal digits.</summary>
    public const string SettingKey = "client-token-key";

    private const int KeyBytes = 32;

    private volatile byte[]? _key;

    /// <summary>The secret of a client's token: <see cref="TokenSecret.ClientTokenChars"/> hexadecimal digits.</summary>
    public async ValueTask<string> OfAsync(AccessTokenId id, CancellationToken cancellationToken)
    {
        var key = _key ??= await LoadAsync(cancellationToken).ConfigureAwait(false);
        var mac = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(id.ToString()));
        return Convert.ToHexStringLower(mac)[..TokenSecret.ClientTokenChars];
    }

    private async ValueTask<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        var candidate = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        var stored = await settings.GetOrAddAsync(SettingKey, candidate, cancellationToken).ConfigureAwait(false);
        return Convert.FromHexString(stored);
    }
}
