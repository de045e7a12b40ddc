namespace AnyFetch.Hydraters.Enex;

/// <summary>A picture or a file in a note.</summary>
internal sealed class EnexResource
{
    /// <summary>The media type that the export claims.</summary>
    internal string Type { get; set; } = "application/octet-stream";

    internal string? FileName { get; set; }

    /// <summary>What was recognised in it, as XML; empty for nothing.</summary>
    internal string Recognition { get; set; } = "";

    /// <summary>Its content; null when it has none, or one that cannot be decoded.</summary>
    internal EnexData? Data { get; set; }
}
