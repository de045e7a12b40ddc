using AnyFetch.Core.Ids;

namespace AnyFetch.Core.Documents;

/// <summary>Our id of a document, as opposed to the <see cref="Identifier"/> that its provider chose.</summary>
public readonly record struct DocumentId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out DocumentId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new DocumentId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
