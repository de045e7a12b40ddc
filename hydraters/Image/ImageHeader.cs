using System.Globalization;

namespace AnyFetch.Hydraters.Image;

/// <summary>The size of a picture as people see it, upright, and its pages (frames, for animations).</summary>
internal sealed record ImageHeader(int Width, int Height, int Pages)
{
    /// <summary>EXIF orientations from 5 on lie on their side.</summary>
    private const int FirstTurnedOrientation = 5;

    internal long Pixels => (long)Width * Height;

    /// <summary>Reads what <c>vipsheader -a</c> prints: one <c>name: value</c> a line. Null when there is no size in it.</summary>
    internal static ImageHeader? Parse(string text)
    {
        int width = 0, height = 0, pages = 1, orientation = 1;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            // Values come from the picture and may hold line ends: the first of each name is the real one.
            _ = (width == 0 && Read(line, "width: ", ref width)) || (height == 0 && Read(line, "height: ", ref height))
                || (pages == 1 && Read(line, "n-pages: ", ref pages))
                || (orientation == 1 && Read(line, "orientation: ", ref orientation));
        }

        return width <= 0 || height <= 0 ? null
            : orientation < FirstTurnedOrientation ? new ImageHeader(width, height, Math.Max(1, pages))
            : new ImageHeader(height, width, Math.Max(1, pages));
    }

    private static bool Read(ReadOnlySpan<char> line, string name, ref int value)
    {
        if (!line.StartsWith(name, StringComparison.Ordinal)
            || !int.TryParse(line[name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        value = number;
        return true;
    }
}
