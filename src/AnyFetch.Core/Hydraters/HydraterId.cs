using AnyFetch.Core.Ids;

namespace AnyFetch.Core.Hydraters;

/// <summary>The id of a hydrater.</summary>
public readonly record struct HydraterId(ObjectId Value)
{
    /// <summary>Reads 24 hexadecimal digits of any case; false for anything else.</summary>
    public static bool TryParse(string? text, out HydraterId id)
    {
        var parsed = ObjectId.TryParse(text, out var value);
        id = new HydraterId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
