using AnyFetch.Core.Ids;

namespace AnyFetch.Core.Companies;

/// <summary>The id of a company, the wall that data never crosses.</summary>
public readonly record struct CompanyId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out CompanyId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new CompanyId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
