using AnyFetch.Core.Ids;

namespace AnyFetch.Core.AccessTokens;

/// <summary>The id of an access token: what the API calls a provider. It is public; the token's secret is not.</summary>
public readonly record struct AccessTokenId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out AccessTokenId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new AccessTokenId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
