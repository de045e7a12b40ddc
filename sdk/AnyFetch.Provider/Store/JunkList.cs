using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyFetch.Client;

namespace AnyFetch.Provider.Store;

/// <summary>What an account's company takes for junk, as the core named it last.</summary>
/// <param name="Files">Names of files; null for the provider's own.</param>
/// <param name="Folders">Names of folders; null for the provider's own.</param>
internal sealed record JunkList(IReadOnlyList<string>? Files, IReadOnlyList<string>? Folders)
{
    /// <summary>What the company of an account takes for junk that nobody asked about.</summary>
    public static JunkList Default { get; } = new(null, null);

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static IReadOnlyList<string>? Parse(string? names) =>
        names is null ? null : JsonSerializer.Deserialize(names, ProviderJson.Default.IReadOnlyListString);

    public static string? Format(IReadOnlyList<string>? names) =>
        names is null ? null : JsonSerializer.Serialize(names, ProviderJson.Default.IReadOnlyListString);

    /// <summary>What is junk.</summary>
    /// <param name="otherwise">What is where the company does not say so: the provider's own list.</param>
    public JunkNames Over(JunkNames otherwise) =>
        Files is null && Folders is null ? otherwise : new JunkNames(Files ?? otherwise.Files, Folders ?? otherwise.Folders);

    /// <summary>The same for lists that say the same, in whatever order and case.</summary>
    public static string Fingerprint(JunkNames junk)
    {
        var text = Normalize(junk.Files) + "//" + Normalize(junk.Folders);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // No name has a slash in it.
    private static string Normalize(IReadOnlyList<string> names) => string.Join(
        '/', names.Select(name => name.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
