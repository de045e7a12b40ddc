using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace AnyFetch.Provider.Store;

/// <summary>Encrypts secrets at rest with keys that lie beside the store, and makes the hashes they are looked up by.</summary>
internal sealed class SecretBox(IDataProtector protector)
{
    public static SecretBox Open(string keyDirectory)
    {
        var provider = DataProtectionProvider.Create(
            Directory.CreateDirectory(keyDirectory), builder => builder.SetApplicationName("AnyFetch.Provider"));
        return new SecretBox(provider.CreateProtector("AnyFetch.Provider.Store.v1"));
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public byte[] Seal(string secret) => protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <summary>False when the keys were lost: then only a person can reconnect the account.</summary>
    public bool TryOpen(byte[] box, [NotNullWhen(true)] out string? secret)
    {
        try
        {
            secret = Encoding.UTF8.GetString(protector.Unprotect(box));
            return true;
        }
        catch (CryptographicException)
        {
            secret = null;
            return false;
        }
    }
}
