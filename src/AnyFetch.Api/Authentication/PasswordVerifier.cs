using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Authentication;

/// <summary>
/// Checks passwords. A check is slow on purpose, so one that succeeded is remembered for some seconds under a keyed
/// hash of the password and the stored hash: a changed password is checked again.
/// </summary>
internal sealed class PasswordVerifier : IDisposable
{
    /// <summary>Most remembered checks; with one more, all are forgotten.</summary>
    private const int RememberedMax = 10_000;

    private readonly PasswordHasher<User> _hasher = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<CredentialKey, long> _verified = new();
    private readonly SemaphoreSlim _checking = new(Environment.ProcessorCount);
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _timeProvider;

    // Checked for addresses that nobody has, so that they take as long as the others.
    private readonly string _nobody;

    public PasswordVerifier(IOptions<ApiOptions> options, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _lifetime = TimeSpan.FromSeconds(options.Value.PasswordCacheSeconds);
        _nobody = Hash(Convert.ToHexString(_key));
    }

    /// <summary>The hash to store for a password.</summary>
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>True when the password is the user's. A null user takes as long and is false.</summary>
    public async ValueTask<bool> VerifyAsync(User? user, string password, CancellationToken cancellationToken)
    {
        var hash = user?.PasswordHash ?? _nobody;
        var key = Digest(hash, password);
        if (_verified.TryGetValue(key, out var at) && _timeProvider.GetElapsedTime(at) < _lifetime)
        {
            return true;
        }

        await _checking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = _hasher.VerifyHashedPassword(null!, hash, password);
            if (user is null || result == PasswordVerificationResult.Failed)
            {
                return false;
            }
        }
        finally
        {
            _checking.Release();
        }

        if (_verified.Count >= RememberedMax)
        {
            _verified.Clear();
        }

        _verified[key] = _timeProvider.GetTimestamp();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _checking.Dispose();

    private CredentialKey Digest(string hash, string password)
    {
        Span<byte> digest = stackalloc byte[CredentialKey.ByteCount];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{hash}\0{password}"), digest);
        return CredentialKey.FromDigest(digest);
    }
}
