using AnyFetch.Core.Ids;

namespace AnyFetch.Core.DocumentTypes;

/// <summary>The id of a document type.</summary>
public readonly record struct DocumentTypeId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out DocumentTypeId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new DocumentTypeId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
