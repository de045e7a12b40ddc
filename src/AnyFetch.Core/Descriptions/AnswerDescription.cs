namespace AnyFetch.Core.Descriptions;

/// <summary>An answer of an endpoint.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What it means.</param>
public sealed record AnswerDescription(int Status, string Text)
{
    /// <summary>What the body is, or null when there is none.</summary>
    public string? MediaType { get; init; }

    /// <summary>The JSON Schema of the body, as JSON text; null for what is not JSON.</summary>
    public string? Schema { get; init; }

    /// <summary>One body, as JSON text; null: the example of the schema.</summary>
    public string? Example { get; init; }

    /// <summary>204.</summary>
    public static AnswerDescription Done(string text = "Done.") => new(204, text);

    /// <summary>A JSON body.</summary>
    public static AnswerDescription Json(string text, string schema, string? example = null, int status = 200) =>
        new(status, text) { MediaType = "application/json", Schema = schema, Example = example };

    /// <summary>A page for people.</summary>
    public static AnswerDescription Page(string text, int status = 200) => new(status, text) { MediaType = "text/html" };
}
