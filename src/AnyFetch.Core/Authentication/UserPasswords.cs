using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace AnyFetch.Core.Authentication;

/// <summary>
/// Hashes and checks users' passwords with ASP.NET Core's identity hasher (auth-and-tenancy §5). Each is slow on
/// purpose, so only as many run at once as there are processors; a check that succeeded may be remembered for some
/// seconds under a keyed hash of the password and the stored hash, so that a changed password is checked again.
/// </summary>
public sealed class UserPasswords : IDisposable
{
    /// <summary>Most remembered checks; with one more, all are forgotten.</summary>
    private const int RememberedMax = 10_000;

    private readonly PasswordHasher<User> _hasher = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<(ulong A, ulong B, ulong C, ulong D), long> _verified = new();
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
    private readonly TimeProvider _timeProvider;

    // Checked for addresses that nobody has, so that they take as long as the others.
    private readonly string _nobody;

    /// <summary>Makes the one of a process.</summary>
    public UserPasswords(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _nobody = _hasher.HashPassword(null!, Convert.ToHexString(_key));
    }

    /// <summary>What to store for a password.</summary>
    public async ValueTask<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _hasher.HashPassword(null!, password);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>True when the password is the user's. For a user that does not exist it takes as long and is false.</summary>
    /// <param name="user">The user, or null when nobody has the address.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="rememberFor">How long ago the same password may have been checked. Zero checks each time.</param>
    /// <param name="cancellationToken">Gives up waiting for a processor.</param>
    public async ValueTask<bool> IsRightAsync(
        User? user,
        string password,
        TimeSpan rememberFor,
        CancellationToken cancellationToken)
    {
        var hash = user?.PasswordHash ?? _nobody;
        var key = Digest(hash, password);
        if (_verified.TryGetValue(key, out var at) && _timeProvider.GetElapsedTime(at) < rememberFor)
        {
            return true;
        }

        if (!await IsMatchAsync(hash, password, cancellationToken).ConfigureAwait(false) || user is null)
        {
            return false;
        }

        if (_verified.Count >= RememberedMax)
        {
            _verified.Clear();
        }

        _verified[key] = _timeProvider.GetTimestamp();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async ValueTask<bool> IsMatchAsync(string hash, string password, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed;
        }
        finally
        {
            _slots.Release();
        }
    }

    private (ulong A, ulong B, ulong C, ulong D) Digest(string hash, string password)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{hash}\0{password}"), digest);
        var parts = MemoryMarshal.Cast<byte, ulong>(digest);
        return (parts[0], parts[1], parts[2], parts[3]);
    }
}
