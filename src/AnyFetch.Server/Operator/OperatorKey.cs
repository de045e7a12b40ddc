using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Server.Operator;

/// <summary>
/// A key in a file of the data directory that only its owner reads. Who can show it is the operator of this node: the
/// person who could read the store's own files anyway.
/// </summary>
public sealed class OperatorKey
{
    /// <summary>The <c>Authorization</c> scheme that carries it.</summary>
    public const string Scheme = "Operator";

    private const int Chars = 64;
    private readonly byte[] _key;

    internal OperatorKey(string data)
    {
        Directory.CreateDirectory(data);
        _key = Encoding.ASCII.GetBytes(TryRead(data) ?? Write(data));
    }

    /// <summary>Where the key of a data directory stands.</summary>
    public static string PathIn(string data) => Path.Combine(data, "operator.key");

    /// <summary>The key of a data directory, or null when there is none that we may read.</summary>
    public static string? TryRead(string data)
    {
        try
        {
            var key = File.ReadAllText(PathIn(data)).Trim();
            return key.Length == Chars ? key : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True for a header that holds this key.</summary>
    internal bool Accepts(string? authorization) =>
        authorization is { Length: < 256 }
        && authorization.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(authorization[(Scheme.Length + 1)..]), _key);

    private static string Write(string data)
    {
        var key = RandomNumberGenerator.GetHexString(Chars, lowercase: true);
        var next = PathIn(data) + ".next";
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.ASCII.GetBytes(key));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, PathIn(data), overwrite: true);
        return key;
    }
}
