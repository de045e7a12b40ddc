using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce;

/// <summary>
/// Which hosts are Salesforce's. The application's secret and every token go there, so that nothing that a person enters or
/// an answer says may lead elsewhere.
/// </summary>
internal static class SalesforceHosts
{
    public const string Field = "host";
    private const string Production = "login.salesforce.com";
    private const int HostCharactersMax = 253;

    private static readonly string[] Domains = [".salesforce.com", ".force.com"];

    public static SetupForm Form { get; } = new(
        "Connect Salesforce",
        new SetupField(Field, "Where do you sign in?")
        {
            Required = false,
            LengthMax = HostCharactersMax,
            Help = "Leave it empty for login.salesforce.com. A sandbox signs in at test.salesforce.com, a company with a "
                + "domain of its own at one like acme.my.salesforce.com.",
        });

    /// <summary>The address of the host that a person entered.</summary>
    /// <exception cref="ConnectException">It is none of Salesforce's.</exception>
    public static Uri Read(string? entered)
    {
        var host = (entered ?? Production).Trim().TrimEnd('/');
        if (host.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            host = host["https://".Length..];
        }

        return host.Length is > 0 and <= HostCharactersMax
            && host.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.')
            && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address) && IsOwn(address)
                ? address
                : throw new ConnectException("That is no host of Salesforce: it ends with .salesforce.com or .force.com.");
    }

    /// <summary>The address of an organisation as an answer gives it: Salesforce's, or the configured host itself.</summary>
    /// <exception cref="ConnectException">It is neither.</exception>
    public static Uri Accept(string? address, Uri? configured) =>
        Uri.TryCreate(address, UriKind.Absolute, out var parsed)
        && (IsOwn(parsed) || (configured is not null && IsSame(parsed, configured)))
            ? new Uri(parsed.GetLeftPart(UriPartial.Authority) + "/")
            : throw new ConnectException("Salesforce named an organisation at a host that is not its own.");

    private static bool IsOwn(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0
        && Array.Exists(Domains, domain => address.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private static bool IsSame(Uri address, Uri configured) =>
        address.UserInfo.Length == 0
        && address.GetLeftPart(UriPartial.Authority) == configured.GetLeftPart(UriPartial.Authority);
}
