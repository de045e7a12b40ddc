namespace AnyFetch.Core.Descriptions;

/// <summary>A parameter of the query string.</summary>
/// <param name="Name">Its name; one in angle brackets stands for a family of names, such as <c>has_&lt;key&gt;</c>.</param>
/// <param name="Schema">The JSON Schema of one value, as JSON text.</param>
/// <param name="Text">What it does, in Markdown.</param>
/// <param name="Example">A value as it stands in the query string, before it is percent-encoded.</param>
public sealed record ParameterDescription(string Name, string Schema, string Text, string Example)
{
    /// <summary>True when the key may be repeated (<c>?id=1&amp;id=2</c>).</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>True when the call fails without it.</summary>
    public bool IsRequired { get; init; }
}
