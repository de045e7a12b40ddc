using AnyFetch.Core.Clients;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Sessions;

/// <summary>Where a journey may end: a path here, or an origin that an application was registered with (§4.4).</summary>
internal sealed class ReturnAddress(IClientStore clients, Origins origins, IOptions<ManagerOptions> options)
{
    /// <summary>The address if it may be gone to, else null.</summary>
    public async ValueTask<string?> AcceptAsync(
        HttpRequest request,
        string? address,
        CancellationToken cancellationToken)
    {
        if (address is null || address.Length > options.Value.AddressCharsMax || address.Any(char.IsControl))
        {
            return null;
        }

        address = Address.ToAscii(address);
        if (IsLocalPath(address))
        {
            return address;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var origin = uri.GetLeftPart(UriPartial.Authority);
        if (origin.Equals(origins.Own(request), StringComparison.OrdinalIgnoreCase))
        {
            return address;
        }

        var registered = await clients.ListAsync(cancellationToken).ConfigureAwait(false);
        return uri.UserInfo.Length == 0 && registered.Any(c => OriginOf(c.RedirectUri) == origin) ? address : null;
    }

    /// <summary>True for a path of this origin; "//host" and "/\host" lead elsewhere.</summary>
    public static bool IsLocalPath(string address) =>
        address.StartsWith('/') && (address.Length == 1 || address[1] is not ('/' or '\\'));

    private static string? OriginOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
