using System.Runtime.InteropServices;

namespace AnyFetch.Search.Segments;

/// <summary>What is known of a block of postings without decoding it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SkipEntry
{
    public const int ByteCount = 16;

    /// <summary>Its last row.</summary>
    public int Last;

    /// <summary>Where its documents begin, from the end of the skip entries.</summary>
    public int Docs;

    /// <summary>Where its positions begin, from the first position of the term.</summary>
    public int Positions;

    /// <summary>No posting in it is worth more, by the average lengths of this segment.</summary>
    public float Bound;
}
