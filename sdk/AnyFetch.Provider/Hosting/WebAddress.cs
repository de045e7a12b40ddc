using System.Diagnostics.CodeAnalysis;

namespace AnyFetch.Provider;

/// <summary>Checks and joins of web addresses.</summary>
internal static class WebAddress
{
    public static bool IsHttp([NotNullWhen(true)] string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");

    public static string Join(string root, string path) => root.TrimEnd('/') + "/" + path.TrimStart('/');

    /// <summary>Whether two addresses share scheme, host and port.</summary>
    public static bool SameOrigin(string left, string right) =>
        Uri.TryCreate(left, UriKind.Absolute, out var a) && Uri.TryCreate(right, UriKind.Absolute, out var b)
        && a.GetLeftPart(UriPartial.Authority).Equals(
            b.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds parameters, keeping the query and the fragment that are there.</summary>
    public static string WithParameters(string address, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (head, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                head += (head.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                    + Uri.EscapeDataString(name) + "=" + Uri.EscapeDataString(value);
            }
        }

        return head + fragment;
    }
}
