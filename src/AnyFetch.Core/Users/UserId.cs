using AnyFetch.Core.Ids;

namespace AnyFetch.Core.Users;

/// <summary>The id of a user.</summary>
public readonly record struct UserId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out UserId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new UserId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
