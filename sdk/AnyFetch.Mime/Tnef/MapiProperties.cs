using AnyFetch.Mime.Transfer;

namespace AnyFetch.Mime.Tnef;

/// <summary>
/// A list of MAPI properties as TNEF stores it. Only values of variable length are given out; damage ends the list.
/// </summary>
internal static class MapiProperties
{
    internal const int Unicode = 0x1f;

    private const int PropertiesMax = 10_000;
    private const int ValuesMax = 10_000;
    private const int MultipleValues = 0x1000;

    internal static IEnumerable<MapiProperty> Read(Stream source)
    {
        var reader = new PositionReader(source);
        if (!reader.TryUInt32(out var count))
        {
            yield break;
        }

        for (var i = 0; i < Math.Min(count, PropertiesMax) && reader.TryUInt32(out var tag); i++)
        {
            int type = (int)(tag & 0xffff), id = (int)(tag >> 16);
            if (id >= 0x8000 && !SkipName(reader))
            {
                yield break;
            }

            if (FixedBytes(type & ~MultipleValues) is { } bytes)
            {
                uint values = 1;
                if (((type & MultipleValues) != 0 && !reader.TryUInt32(out values)) || !reader.TrySkip(bytes * (long)values))
                {
                    yield break;
                }

                continue;
            }

            if (!reader.TryUInt32(out var parts) || parts > ValuesMax)
            {
                yield break;
            }

            for (var part = 0; part < parts; part++)
            {
                if (!reader.TryUInt32(out var length) || length > source.Length - reader.Position)
                {
                    yield break;
                }

                yield return new MapiProperty(id, type & ~MultipleValues, new WindowStream(source, reader.Position, length));
                reader.Position += (length + 3L) & ~3L;
            }
        }
    }

    /// <summary>Named properties carry the id of their set, and a number or a name.</summary>
    private static bool SkipName(PositionReader reader)
    {
        if (!reader.TrySkip(16) || !reader.TryUInt32(out var kind) || !reader.TryUInt32(out var numberOrLength))
        {
            return false;
        }

        return kind == 0 || reader.TrySkip((numberOrLength + 3L) & ~3L);
    }

    private static int? FixedBytes(int type) => type switch
    {
        0x0001 => 0,
        0x0002 or 0x0003 or 0x0004 or 0x000a or 0x000b => 4,
        0x0005 or 0x0006 or 0x0007 or 0x0014 or 0x0040 => 8,
        0x0048 => 16,
        _ => null,
    };
}
