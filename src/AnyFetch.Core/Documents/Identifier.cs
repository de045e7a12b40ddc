using System.Diagnostics.CodeAnalysis;

namespace AnyFetch.Core.Documents;

/// <summary>
/// The key that a provider chose for a document, unique among the documents of one access token. Opaque text of
/// 1 to <see cref="CharsMax"/> characters without NUL or lone surrogates.
/// </summary>
public readonly record struct Identifier
{
    /// <summary>Longest identifier, in UTF-16 characters. Long enough for any URL or path that a provider builds.</summary>
    public const int CharsMax = 4096;

    private Identifier(string value) => Value = value;

    /// <summary>The text as the provider sent it.</summary>
    public string Value { get; }

    /// <summary>Accepts text that can be stored and compared exactly; false for empty, too long or malformed text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Identifier identifier)
    {
        if (string.IsNullOrEmpty(text) || text.Length > CharsMax || text.Contains('\0') || HasLoneSurrogate(text))
        {
            identifier = default;
            return false;
        }

        identifier = new Identifier(text);
        return true;
    }

    /// <summary>Reads text known to be an identifier, such as one that the store holds.</summary>
    /// <exception cref="FormatException">The text cannot be an identifier.</exception>
    public static Identifier Parse(string text) =>
        TryParse(text, out var identifier) ? identifier : throw new FormatException("Not an identifier.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}
