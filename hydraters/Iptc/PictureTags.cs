namespace AnyFetch.Hydraters.Iptc;

/// <summary>What a block says about its picture.</summary>
internal sealed record PictureTags
{
    /// <summary>Keywords of one picture that are kept.</summary>
    internal const int KeywordsMax = 200;

    internal static PictureTags None { get; } = new();

    internal string? Author { get; init; }

    internal string? Description { get; init; }

    internal IReadOnlyList<string> Keywords { get; init; } = [];

    internal double? Latitude { get; init; }

    internal double? Longitude { get; init; }

    internal string? Camera { get; init; }

    internal DateTimeOffset? TakenAt { get; init; }
}
