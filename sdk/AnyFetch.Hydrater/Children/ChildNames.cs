using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Hydrater.Children;

/// <summary>
/// The identifiers of a document's children. The same names in the same order give the same identifiers, so that a second
/// run meets the documents of the first.
/// </summary>
internal sealed class ChildNames(string parent)
{
    /// <summary>Longest identifier that the core takes, in UTF-16 characters.</summary>
    internal const int IdentifierCharsMax = 4096;

    /// <summary>What may stand between the parent's identifier and the rest.</summary>
    private static readonly string[] s_separators = ["/", " - "];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>True for an identifier that a child of this parent may have.</summary>
    internal bool IsOwn(string identifier) =>
        identifier.StartsWith(parent, StringComparison.Ordinal)
        && s_separators.Any(separator =>
            identifier.AsSpan(parent.Length).StartsWith(separator, StringComparison.Ordinal)
            && identifier.Length > parent.Length + separator.Length);

    /// <summary>The identifier of the next child of that name.</summary>
    internal string Next(string name) => Take($"{parent}/{Clean(name)}");

    /// <summary>The identifier itself, or with a suffix when it was taken.</summary>
    internal string Take(string identifier)
    {
        identifier = Shorten(identifier);
        var candidate = identifier;
        for (var number = 2; !_taken.Add(candidate); number++)
        {
            candidate = Shorten(string.Create(CultureInfo.InvariantCulture, $"{identifier} ({number})"));
        }

        return candidate;
    }

    private static string Clean(string name)
    {
        var clean = new string([.. name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '_' : c)]).Trim('/', ' ');
        return clean.Length == 0 ? "unnamed" : clean;
    }

    /// <summary>One that is too long ends in its digest, which keeps it unique and the same in each run.</summary>
    private static string Shorten(string identifier)
    {
        if (identifier.Length <= IdentifierCharsMax)
        {
            return identifier;
        }

        const int DigestChars = 32;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identifier)))[..DigestChars];
        var kept = IdentifierCharsMax - DigestChars - 1;
        return identifier[..(char.IsHighSurrogate(identifier[kept - 1]) ? kept - 1 : kept)] + "~" + digest;
    }
}
