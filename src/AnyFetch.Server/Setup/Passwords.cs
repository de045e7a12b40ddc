using System.Security.Cryptography;

namespace AnyFetch.Server.Setup;

/// <summary>Makes passwords up.</summary>
internal static class Passwords
{
    /// <summary>Letters and digits that cannot be taken for one another.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private const int Groups = 4;
    private const int GroupChars = 5;

    /// <summary>100 random bits, in groups that a person can read out.</summary>
    public static string New() => string.Join(
        '-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupChars)));
}
