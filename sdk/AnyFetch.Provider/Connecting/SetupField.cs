namespace AnyFetch.Provider;

/// <summary>One field of a setup form.</summary>
/// <param name="Name">The parameter's name: letters, digits and underscores.</param>
/// <param name="Label">What people read.</param>
public sealed record SetupField(string Name, string Label)
{
    /// <summary>The HTML input type. Default <c>text</c>.</summary>
    public string Type { get; init; } = "text";

    /// <summary>Whether it must be filled in. Default true.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether it is a secret: hidden while typed, and never in a URL.</summary>
    public bool Secret { get; init; }

    /// <summary>A line of help under the field.</summary>
    public string? Help { get; init; }

    /// <summary>An HTML pattern that the value must match; or null.</summary>
    public string? Pattern { get; init; }

    /// <summary>The longest value, in characters. Default 4096.</summary>
    public int LengthMax { get; init; } = 4096;
}
