namespace AnyFetch.Calendars.ContentLines;

/// <summary>
/// Groups lines into components, in the order in which they begin. An END closes the nearest component of its name with
/// everything inside; what is never closed ends with the text.
/// </summary>
internal static class ComponentReader
{
    /// <summary>The components of those names, and the outermost ones of any name as <paramref name="root"/>.</summary>
    internal static List<Component> Read(string text, string root, Func<string, bool> isWanted, ContentLimits limits)
    {
        var found = new List<Component>();
        var open = new List<Component>();
        var kept = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in ContentLineReader.Read(text, limits))
        {
            if (line.Name == "BEGIN")
            {
                Begin(line.RawValue.Trim().ToUpperInvariant());
            }
            else if (line.Name == "END")
            {
                End(line.RawValue.Trim().ToUpperInvariant());
            }
            else if (open.Count > 0)
            {
                open[^1].Add(line, limits);
            }
        }

        return found;

        void Begin(string name)
        {
            if (open.Count >= limits.DepthMax || (open.Count == 0 && name != root))
            {
                return;
            }

            var component = new Component(name, open.Count > 0 ? open[^1] : null);
            open.Add(component);
            var count = kept.GetValueOrDefault(name);
            if (isWanted(name) && count < limits.EntriesMax)
            {
                kept[name] = count + 1;
                found.Add(component);
            }
        }

        void End(string name)
        {
            var at = open.FindLastIndex(component => component.Name == name);
            if (at >= 0)
            {
                open.RemoveRange(at, open.Count - at);
            }
        }
    }
}
