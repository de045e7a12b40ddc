using System.Text;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>A user that a test made.</summary>
public sealed record Person(string Id, string Email)
{
    /// <summary>Everybody's password. It holds a colon, which Basic must take.</summary>
    public const string Password = "a:long password";

    /// <summary>E-mail and password, as a header.</summary>
    public string Basic => BasicOf(Email);

    /// <summary>An address that nobody has.</summary>
    public static string NewEmail() => $"conformance-{Guid.NewGuid():N}@example.org";

    /// <summary>E-mail and password as a header.</summary>
    public static string BasicOf(string email, string password = Password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{password}"));
}
