using System.Net;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Which addresses hydraters elsewhere may have. Judged after the name was looked up and on the connection that is then used, so
/// that a name that changes its address between check and use gains nothing.
/// </summary>
internal static class HydraterAddresses
{
    /// <summary>No hydrater is there: this machine as a sender, its neighbours on the wire (where clouds keep their secrets), groups.</summary>
    private static readonly IPNetwork[] s_never = Parse(
        "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8");

    /// <summary>Networks that are nobody's business from outside (RFC 6890).</summary>
    private static readonly IPNetwork[] s_private = Parse(
        "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "::1/128", "64:ff9b::/96", "2002::/16", "fc00::/7");

    /// <summary>True for an address that may be called.</summary>
    internal static bool Allows(IPAddress address, bool allowsPrivate)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Contains(s_never, plain) && (allowsPrivate || !Contains(s_private, plain));
    }

    private static bool Contains(IPNetwork[] networks, IPAddress address) => networks.Any(network =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
