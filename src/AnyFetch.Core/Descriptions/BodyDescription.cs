namespace AnyFetch.Core.Descriptions;

/// <summary>What a request carries.</summary>
/// <param name="Schema">Its JSON Schema, as JSON text.</param>
/// <param name="Example">One body, as JSON text.</param>
public sealed record BodyDescription(string Schema, string Example)
{
    /// <summary>The encodings that are understood. The same keys serve all; in forms, objects are JSON text.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } =
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    /// <summary>False when the request may come without a body.</summary>
    public bool IsRequired { get; init; } = true;
}
