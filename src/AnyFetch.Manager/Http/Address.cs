using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Manager.Http;

/// <summary>Addresses that get parameters added.</summary>
internal static class Address
{
    /// <summary>Adds those parameters that have a value; what the address has already is kept.</summary>
    public static string With(string address, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                address = QueryHelpers.AddQueryString(address, name, value);
            }
        }

        return address;
    }

    /// <summary>
    /// What a page's policy must allow so that a form may end at this address: its origin, or the scheme of an
    /// application on the device.
    /// </summary>
    public static string FormTarget(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        ? uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : $"{uri.Scheme}:"
        : "";
}
