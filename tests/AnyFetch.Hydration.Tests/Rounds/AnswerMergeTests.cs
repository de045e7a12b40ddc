using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Hydration.Rounds;

namespace AnyFetch.Hydration.Tests.Rounds;

public sealed class AnswerMergeTests
{
    private static readonly Document s_document = Sample.Document("""{"a":1,"b":2,"n":{"x":1}}""") with
    {
        Hydration = new HydrationState
        {
            Generation = 3,
            Runs = [new("http://h/", HydraterRunState.Hydrating, Sample.Now)],
        },
    };

    [Fact]
    public void An_answer_merges_one_level_and_moves_the_hydrater()
    {
        var merged = Apply(s_document, """{"a":null,"n":{"y":2},"text":"t"}""")!;
        Assert.Equal("""{"b":2,"n":{"y":2},"text":"t"}""", merged.Metadata.ToString());
        Assert.Equal(["http://h/"], merged.Hydration.HydratedBy);
        Assert.Empty(merged.Hydration.Hydrating);
        Assert.Equal(Sample.Now.AddSeconds(1), merged.Hydration.LastHydration);
        Assert.Null(AnswerMerge.Apply(merged, 3, "http://h/", new HydraterAnswer(new DocumentChange(), null), 1, Sample.Now));
    }

    [Fact]
    public void An_answer_of_another_generation_or_hydrater_is_refused()
    {
        var answer = new HydraterAnswer(new DocumentChange(), null);
        Assert.Null(AnswerMerge.Apply(s_document, 2, "http://h/", answer, 1, Sample.Now));
        Assert.Null(AnswerMerge.Apply(s_document, 3, "http://other/", answer, 1, Sample.Now));
    }

    [Fact]
    public void A_failure_merges_nothing_and_a_later_success_clears_it()
    {
        var change = new DocumentChange { Metadata = JsonFields.FromText("""{"text":"t"}""") };
        var failed = AnswerMerge.Apply(s_document, 3, "http://h/", new HydraterAnswer(change, "no"), 2, Sample.Now)!;
        Assert.Equal(s_document.Metadata, failed.Metadata);
        Assert.Equal("http://h/", failed.Hydration.ErroredBy);
        Assert.Equal("no", failed.Hydration.Error);
        Assert.Equal(2, failed.Hydration.Runs[0].Attempts);
        Assert.Null(failed.Hydration.LastHydration);

        var retried = failed with
        {
            Hydration = failed.Hydration with { Runs = [new("http://h/", HydraterRunState.Hydrating, Sample.Now)] },
        };
        var succeeded = Apply(retried, "{}")!;
        Assert.Null(succeeded.Hydration.ErroredBy);
        Assert.Null(succeeded.Hydration.Error);
    }

    [Fact]
    public void The_type_before_the_first_hydrater_that_changed_it_is_remembered()
    {
        var change = new DocumentChange { Type = BuiltInDocumentTypes.Image };
        var image = AnswerMerge.Apply(s_document, 3, "http://h/", new HydraterAnswer(change, null), 1, Sample.Now)!;
        var next = image with
        {
            Hydration = image.Hydration with { Runs = [new("http://i/", HydraterRunState.Hydrating, Sample.Now)] },
        };
        var change2 = new DocumentChange { Type = BuiltInDocumentTypes.Document };
        var document = AnswerMerge.Apply(next, 3, "http://i/", new HydraterAnswer(change2, null), 1, Sample.Now)!;

        Assert.Equal(s_document.Type, image.Hydration.TypeBefore);
        Assert.Equal(s_document.Type, document.Hydration.TypeBefore);
        Assert.Equal(BuiltInDocumentTypes.Document, document.Type);
    }

    [Fact]
    public void Messages_are_cut_between_characters()
    {
        var message = new string('x', 1_999) + "😀";
        var failed = AnswerMerge.Apply(
            s_document, 3, "http://h/", new HydraterAnswer(new DocumentChange(), message), 1, Sample.Now)!;
        Assert.Equal(new string('x', 1_999), failed.Hydration.Error);
    }

    private static Document? Apply(Document document, string metadata)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(metadata);
        var reader = new System.Text.Json.Utf8JsonReader(body);
        reader.Read();
        var change = new DocumentChange { Metadata = JsonFields.ReadChange(body, ref reader) };
        return AnswerMerge.Apply(
            document, 3, "http://h/", new HydraterAnswer(change, null), 1, Sample.Now.AddSeconds(1));
    }
}
