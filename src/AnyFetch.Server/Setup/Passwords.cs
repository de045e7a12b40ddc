using System.Security.Cryptography;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace AnyFetch.Server.Setup;

/// <summary>Makes passwords up and hashes them.</summary>
internal sealed class Passwords(IPasswordHasher<User> hasher)
{
    /// <summary>Letters and digits that cannot be taken for one another.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private const int Groups = 4;
    private const int GroupChars = 5;

    /// <summary>100 random bits, in groups that a person can read out.</summary>
    public static string New() => string.Join(
        '-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupChars)));

    public string Hash(User user, string password) => hasher.HashPassword(user, password);
}
