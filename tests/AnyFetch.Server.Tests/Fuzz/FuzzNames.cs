namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Ids of things that exist: the caller's own, and another company's.</summary>
internal sealed class FuzzNames
{
    private readonly Dictionary<string, List<string>> _own = [];
    private readonly Dictionary<string, List<string>> _foreign = [];

    public void AddOwn(string kind, string id) => Add(_own, kind, id);

    public void AddForeign(string kind, string id) => Add(_foreign, kind, id);

    /// <summary>One of the ids, mostly of the kind that is asked for.</summary>
    public string Pick(Random random, string kind)
    {
        var known = random.Next(100) < 70 ? _own : _foreign;
        var kinds = known.Keys.Order(StringComparer.Ordinal).ToList();
        var list = known.GetValueOrDefault(random.Next(100) < 85 ? kind : kinds[random.Next(kinds.Count)])
            ?? known[kinds[random.Next(kinds.Count)]];
        return list[random.Next(list.Count)];
    }

    private static void Add(Dictionary<string, List<string>> known, string kind, string id)
    {
        if (!known.TryGetValue(kind, out var list))
        {
            known[kind] = list = [];
        }

        list.Add(id);
    }
}
