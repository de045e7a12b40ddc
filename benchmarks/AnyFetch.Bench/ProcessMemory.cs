using System.Globalization;

namespace AnyFetch.Bench;

/// <summary>Memory of a process, as the kernel counts it.</summary>
/// <param name="Process">Its id, or <c>self</c>.</param>
internal readonly record struct ProcessMemory(string Process)
{
    /// <summary>The bench's own.</summary>
    public static ProcessMemory Own => new("self");

    public double ResidentMegabytes => Read("VmRSS:");

    public double PeakMegabytes => Read("VmHWM:");

    /// <summary>Forgets the peak so far: the kernel counts anew.</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{Process}/clear_refs", "5");

    private double Read(string field)
    {
        var line = File.ReadLines($"/proc/{Process}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
