using System.Globalization;

namespace AnyFetch.Hydrater.Tools;

/// <summary>A process and all that it started, as Linux tells it. What ended meanwhile is left out.</summary>
internal static class ProcessFamily
{
    /// <summary>Walls and limits come before a program: three processes, and what it starts itself.</summary>
    private const int DepthMax = 10;

    /// <summary>What Linux counts processor time in, whatever its kernel does (proc(5)).</summary>
    internal const int TicksPerSecond = 100;

    /// <summary>The process and its descendants.</summary>
    internal static List<int> Of(int process)
    {
        var family = new List<int>();
        Add(process, family, 0);
        return family;
    }

    /// <summary>The threads of a process.</summary>
    internal static List<int> ThreadsOf(int process)
    {
        try
        {
            return [.. Directory.GetDirectories(Place(process, "task")).Select(folder => Number(Path.GetFileName(folder)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Processor time of the process, of its living descendants and of those that these have buried, in seconds.</summary>
    internal static double SecondsOf(int process) => Of(process).Sum(TicksOf) / TicksPerSecond;

    private static void Add(int process, List<int> family, int depth)
    {
        family.Add(process);
        foreach (var child in ThreadsOf(process).SelectMany(thread => ChildrenOf(process, thread)).Where(_ => depth < DepthMax))
        {
            Add(child, family, depth + 1);
        }
    }

    private static IEnumerable<int> ChildrenOf(int process, int thread) =>
        Text(Place(process, string.Create(CultureInfo.InvariantCulture, $"task/{thread}/children")))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number);

    private static double TicksOf(int process)
    {
        // The name may hold blanks; eleven fields after it come the times in programs and in the kernel, own and of buried children.
        var stat = Text(Place(process, "stat"));
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Skip(11).Take(4).Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Place(int process, string name) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{name}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
