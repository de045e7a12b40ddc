using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Hydration.Rounds;

namespace AnyFetch.Hydration.Tests.Rounds;

/// <summary>One document that is taken through its rounds by hand.</summary>
internal sealed class Playthrough(HydraterStack stack, Document document, RoundRules? rules = null)
{
    private DateTimeOffset _now = Sample.Now;

    internal Document Document { get; private set; } = document;

    internal Round Last { get; private set; } = new(document);

    internal IEnumerable<string> Hydrating => Document.Hydration.Hydrating.Select(Name);

    internal IEnumerable<string> HydratedBy => Document.Hydration.HydratedBy.Select(Name);

    /// <summary>A client's change, or none.</summary>
    internal IReadOnlyList<string> Touch(Func<Document, Document>? change = null)
    {
        Document = change?.Invoke(Document) ?? Document;
        return Hold(RoundTrigger.Client);
    }

    internal IReadOnlyList<string> Answer(string name, string metadata = "{}", DocumentChange? change = null) =>
        Take(name, new HydraterAnswer(change ?? new DocumentChange { Metadata = Change(metadata) }, null));

    internal IReadOnlyList<string> Fail(string name) => Take(name, new HydraterAnswer(new DocumentChange(), "bad"));

    private IReadOnlyList<string> Take(string name, HydraterAnswer answer)
    {
        _now += TimeSpan.FromSeconds(1);
        var isSeen = RoundPlanner.IsSeen(Document);
        var generation = Document.Hydration.Generation;
        Document = AnswerMerge.Apply(Document, generation, Sample.Url(name), answer, 1, _now, stack.Find(Sample.Url(name))?.Hydrater.RerunOn)!;
        return Hold(isSeen ? RoundTrigger.Answer : RoundTrigger.Client);
    }

    private List<string> Hold(RoundTrigger trigger)
    {
        var type = Sample.Types.Find(Document.Type);
        Last = RoundPlanner.Plan(Document, type, stack, trigger, _now, rules ?? Sample.Rules);
        Document = Last.Document;
        return [.. Last.Dispatched.Select(h => h.Hydrater.ShortName)];
    }

    private static JsonFields Change(string json)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(json);
        var reader = new System.Text.Json.Utf8JsonReader(body);
        reader.Read();
        return JsonFields.ReadChange(body, ref reader);
    }

    private static string Name(string url) => new Uri(url).Segments[1].TrimEnd('/');
}
