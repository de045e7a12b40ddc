using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace AnyFetch.Manager.Sessions;

/// <summary>Hashes and checks passwords with ASP.NET Core's identity hasher; few at once, since each is slow on purpose.</summary>
internal sealed class Passwords : IDisposable
{
    private readonly PasswordHasher<User> _hasher = new();
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
    private readonly string _nobody;

    public Passwords() => _nobody = _hasher.HashPassword(null!, Guid.NewGuid().ToString());

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
    public async ValueTask<bool> IsRightAsync(User? user, string password, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = _hasher.VerifyHashedPassword(null!, user?.PasswordHash ?? _nobody, password);
            return user is not null && result != PasswordVerificationResult.Failed;
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();
}
