using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Hydration.Rounds;

namespace AnyFetch.Hydration.Tests.Rounds;

/// <summary>Hydraters that run again when what they read changes, and clients' changes that answers respect (hydration.md §6).</summary>
public sealed class RerunTests
{
    private const string All = "[{}]";

    [Fact]
    public void A_changed_key_lets_its_reader_run_again_and_nobody_else()
    {
        var play = Play(Reader("event", "metadata.startDate"), Sample.Hydrater("other", All));
        play.Touch();
        play.Answer("event", """{"x":1}""");
        play.Answer("other");
        Assert.Empty(play.Touch(Set("""{"name":"changed","startDate":"1","x":1}""")));
        Assert.Equal(["event"], play.Touch(Set("""{"startDate":"2"}""")));
        Assert.Equal(["other"], play.HydratedBy);
        play.Answer("event");
        Assert.Empty(play.Touch());
    }

    [Fact]
    public void What_a_reader_writes_itself_does_not_call_it_again()
    {
        var play = Play(Reader("mail", "metadata.text"), Reader("whole", "metadata", -1));
        play.Touch();
        Assert.Equal(["whole"], play.Answer("mail", """{"text":"cut"}"""));
        Assert.Empty(play.Answer("whole", """{"hash":"h"}"""));
        Assert.Empty(play.Touch());
        Assert.Equal(["mail"], play.Touch(Set("""{"text":"new"}""")));
        Assert.Equal(["whole"], play.Answer("mail", """{"text":"cut anew"}"""));
    }

    [Fact]
    public void A_change_while_the_reader_is_at_work_calls_it_again()
    {
        var play = Play(Reader("event", "metadata.startDate"));
        play.Touch();
        Assert.Empty(play.Touch(Set("""{"startDate":"2"}""")));
        Assert.Equal(["event"], play.Answer("event"));
        Assert.Empty(play.Answer("event"));
        Assert.Equal(["event"], play.HydratedBy);
    }

    [Fact]
    public void Many_changes_by_clients_do_not_use_up_the_rounds()
    {
        var play = Play(Reader("event", "metadata.startDate"));
        play.Touch();
        play.Answer("event");
        for (var change = 0; change < Sample.Rules.RoundsMax + 5; change++)
        {
            Assert.Equal(["event"], play.Touch(Set($$"""{"startDate":"n{{change}}"}""")));
            play.Answer("event");
        }

        Assert.Null(play.Document.Hydration.Error);
    }

    [Fact]
    public void Two_readers_that_write_each_others_key_come_to_an_end()
    {
        var play = Play(Reader("a", "metadata.b"), Reader("b", "metadata.a"));
        play.Touch();
        for (var turn = 0; turn < 200 && play.Document.Hydration.IsHydrating; turn++)
        {
            var name = play.Hydrating.First();
            play.Answer(name, $$"""{"{{name}}":{{turn}}}""");
        }

        Assert.Contains("rounds", play.Document.Hydration.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_leaves_alone_what_a_client_changed_meanwhile_when_that_is_wanted(bool protects)
    {
        var change = new DocumentChange { Metadata = JsonFields.FromText("""{"title":"mine"}"""), Type = Sample.EmailType.Id };
        var stored = Hydrating(Sample.Document("""{"title":"old"}"""));
        var edited = ClientEdits.Note(DocumentMerge.Apply(stored, change), change);
        var answer = new HydraterAnswer(
            new DocumentChange { Metadata = JsonFields.FromText("""{"title":"theirs","text":"t"}"""), Type = Sample.DocumentType.Id }, null);
        var after = AnswerMerge.Apply(edited, 0, Sample.Url("a"), answer, 1, Sample.Now, [], protects)!;
        Assert.Equal(protects ? "mine" : "theirs", after.Metadata.Element.GetProperty("title").GetString());
        Assert.Equal("t", after.Metadata.Element.GetProperty("text").GetString());
        Assert.Equal(protects ? Sample.EmailType.Id : Sample.DocumentType.Id, after.Type);
    }

    [Fact]
    public void What_clients_changed_is_remembered_while_hydraters_are_at_work_and_within_bounds()
    {
        var change = new DocumentChange { Metadata = JsonFields.FromText("""{"a":1,"b.c":2}""") };
        Assert.Empty(ClientEdits.Note(Sample.Document(), change).Hydration.ClientKeys);
        var noted = ClientEdits.Note(Hydrating(Sample.Document()), change);
        Assert.Equal(["metadata.a", "metadata.b.c"], noted.Hydration.ClientKeys);

        var many = string.Join(',', Enumerable.Range(0, ClientEdits.KeysMax).Select(i => $"\"k{i}\":1"));
        noted = ClientEdits.Note(noted, new DocumentChange { Metadata = JsonFields.FromText($"{{{many}}}") });
        Assert.Equal(["metadata"], noted.Hydration.ClientKeys);
        Assert.True(ClientEdits.Without(change, noted.Hydration.ClientKeys).Metadata.IsEmpty);

        var play = new Playthrough(Sample.Stack(Sample.Hydrater("a", All)), noted);
        play.Answer("a");
        Assert.Empty(play.Document.Hydration.ClientKeys);
    }

    private static Document Hydrating(Document document) => document with
    {
        Hydration = document.Hydration with { Runs = [new HydraterRun(Sample.Url("a"), HydraterRunState.Hydrating, Sample.Now)] },
    };

    private static Playthrough Play(params Core.Hydraters.Hydrater[] hydraters) =>
        new(Sample.Stack(hydraters), Sample.Document("""{"startDate":"1"}"""));

    private static Core.Hydraters.Hydrater Reader(string name, string key, int priority = 0) =>
        Sample.Hydrater(name, All, priority) with { RerunOn = [key] };

    private static Func<Document, Document> Set(string metadata) => d => d with { Metadata = JsonFields.FromText(metadata) };
}
