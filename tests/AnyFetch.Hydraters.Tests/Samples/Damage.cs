namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Damaged copies of a file: cut short, bits turned, both; the same ones each time.</summary>
internal static class Damage
{
    internal static IEnumerable<byte[]> Of(byte[] sample, int count, int seed = 7)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var damaged = i % 2 == 0 ? sample[..random.Next(sample.Length)] : sample.ToArray();
            for (var flip = 0; flip < 5 && damaged.Length > 0; flip++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            yield return damaged;
        }
    }
}
