namespace AnyFetch.Calendars.ContentLines;

/// <summary>What stands between a BEGIN and its END, without the components inside it.</summary>
internal sealed class Component(string name, Component? parent)
{
    private readonly List<ContentLine> _lines = [];

    internal string Name { get; } = name;

    internal Component? Parent { get; } = parent;

    internal IReadOnlyList<ContentLine> Lines => _lines;

    internal ContentLine? First(string name) => _lines.Find(line => line.Name == name);

    internal IEnumerable<ContentLine> All(string name) => _lines.Where(line => line.Name == name);

    internal void Add(ContentLine line, ContentLimits limits)
    {
        if (_lines.Count < limits.PropertiesMax)
        {
            _lines.Add(line);
        }
    }
}
