namespace AnyFetch.Search.Bench;

/// <summary>What one engine did: speeds by name, and times by class of queries.</summary>
internal sealed class Measurement
{
    /// <summary>Documents a second, through the engine alone.</summary>
    public double DocumentsPerSecond { get; set; }

    /// <summary>Bytes on disk.</summary>
    public long IndexBytes { get; set; }

    /// <summary>Times in milliseconds, and matches on average, by class.</summary>
    public Dictionary<string, (double Median, double P99, long Hits)> Classes { get; } = [];

    public void Add(string name, List<double> milliseconds, long hits)
    {
        milliseconds.Sort();
        Classes[name] = (milliseconds[milliseconds.Count / 2], milliseconds[milliseconds.Count * 99 / 100],
            hits / milliseconds.Count);
    }
}
