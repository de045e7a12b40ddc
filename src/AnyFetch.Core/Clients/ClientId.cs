using AnyFetch.Core.Ids;

namespace AnyFetch.Core.Clients;

/// <summary>The id of a client, an OAuth application.</summary>
public readonly record struct ClientId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out ClientId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new ClientId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
