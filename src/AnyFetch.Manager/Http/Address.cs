using System.Text;
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

    /// <summary>The address as a header may hold it: what is no ASCII is percent-encoded.</summary>
    public static string ToAscii(string address) => Ascii.IsValid(address)
        ? address
        : string.Concat(address.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())));

    /// <summary>
    /// What a page's policy must allow so that a form may end at this address: its origin, or the scheme of an
    /// application on the device.
    /// </summary>
    public static string FormTarget(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        ? uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : $"{uri.Scheme}:"
        : "";
}
