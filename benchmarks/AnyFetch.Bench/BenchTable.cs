using System.Globalization;
using System.Text.Json;

namespace AnyFetch.Bench;

/// <summary>What was measured: rows for people, the same as JSON for machines.</summary>
internal sealed class BenchTable(string title)
{
    private readonly List<(string Name, double Value, string Unit, string Goal)> _rows = [];

    public BenchTable Add(string name, double value, string unit, string goal = "")
    {
        _rows.Add((name, value, unit, goal));
        return this;
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(title);
        var width = _rows.Max(r => r.Name.Length);
        foreach (var (name, value, unit, goal) in _rows)
        {
            var text = value.ToString(Math.Abs(value) < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
            Console.WriteLine($"  {name.PadRight(width)}  {text,12} {unit,-8} {goal}");
        }
    }

    public string Save(string name)
    {
        var directory = Path.Combine(Repository.Root, "benchmarks", "results");
        Directory.CreateDirectory(directory);
        var at = TimeProvider.System.GetUtcNow();
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{at:yyyyMMdd-HHmmss}-{name}.json"));
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("title", title);
        json.WriteString("at", at.UtcDateTime);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteStartObject("results");
        foreach (var (row, value, unit, _) in _rows)
        {
            json.WriteNumber(unit.Length == 0 ? row : $"{row} ({unit})", Math.Round(value, 3));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return path;
    }
}
