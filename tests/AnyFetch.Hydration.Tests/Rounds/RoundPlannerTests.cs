using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Hydration.Rounds;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Hydration.Tests.Rounds;

public sealed class RoundPlannerTests
{
    private const string HasFile = """[{"filePath":"/^./"}]""";
    private const string All = "[{}]";

    [Fact]
    public void A_document_without_a_file_never_reaches_a_hydrater_that_asks_for_one()
    {
        var play = new Playthrough(Sample.Stack(Sample.Hydrater("plaintext", HasFile)), Sample.Document());
        Assert.Empty(play.Touch());
        Assert.Same(play.Last.Document, play.Document);
        Assert.Equal(["plaintext"], play.Touch(d => d with { File = Sample.File }));
    }

    [Fact]
    public void A_hydrater_that_is_not_enabled_is_never_called() =>
        Assert.Empty(new Playthrough(HydraterStack.Empty, Sample.Document(file: Sample.File)).Touch());

    [Fact]
    public void A_document_with_nothing_to_do_is_left_as_it_is()
    {
        var document = Sample.Document();
        var round = RoundPlanner.Plan(
            document, Sample.FileType, Sample.Stack(Sample.Hydrater("x", HasFile)), RoundTrigger.Client, Sample.Now, Sample.Rules);
        Assert.Same(document, round.Document);
    }

    [Fact]
    public void A_changed_type_cancels_later_hydraters()
    {
        var play = new Playthrough(
            Sample.Stack(
                Sample.Hydrater("eml", """[{"metadata":{"path":"/\\.eml$/i"},"documentType":{"name":"file"}}]""", priority: 10),
                Sample.Hydrater("plaintext", """[{"documentType":{"name":"file"},"filePath":"/^./"}]""")),
            Sample.Document("""{"path":"/m.eml"}""", Sample.File));
        Assert.Equal(["eml"], play.Touch());
        Assert.Empty(play.Answer("eml", change: new DocumentChange { Type = BuiltInDocumentTypes.Email }));
        Assert.Equal(["eml"], play.HydratedBy);
        Assert.Null(play.Document.File);
    }

    [Fact]
    public void A_dependency_runs_after_the_success_of_the_other()
    {
        var play = new Playthrough(Dependency(), Sample.Document());
        Assert.Equal(["first"], play.Touch());
        Assert.Equal(["second"], play.Answer("first"));
        Assert.Empty(play.Answer("second"));
        Assert.Equal(["first", "second"], play.HydratedBy);
    }

    [Fact]
    public void A_dependency_never_runs_after_a_failure_of_the_other()
    {
        var play = new Playthrough(Dependency(), Sample.Document());
        play.Touch();
        Assert.Empty(play.Fail("first"));
        Assert.Empty(play.Touch(d => d with { Metadata = JsonFields.FromText("""{"a":1}""") }));
    }

    [Fact]
    public void An_excluder_stands_in_for_the_excluded_for_good()
    {
        var play = new Playthrough(Exclusion(), Sample.Document());
        Assert.Equal(["markdown"], play.Touch());
        Assert.Empty(play.Answer("markdown"));
        Assert.Equal(["markdown"], play.HydratedBy);
    }

    [Fact]
    public void The_excluded_one_runs_when_its_excluder_failed()
    {
        var play = new Playthrough(Exclusion(), Sample.Document());
        play.Touch();
        Assert.Equal(["plaintext"], play.Fail("markdown"));
        Assert.Equal(["plaintext"], play.Hydrating);
    }

    [Fact]
    public void An_excluder_that_does_not_match_excludes_nothing()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", "[]", 0, "b"), Sample.Hydrater("b", All)), Sample.Document());
        Assert.Equal(["b"], play.Touch());
    }

    [Fact]
    public void Mutual_exclusion_is_won_by_priority_and_then_by_registration()
    {
        var first = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All, 0, "b"), Sample.Hydrater("b", All, 0, "a")), Sample.Document());
        Assert.Equal(["a"], first.Touch());
        var second = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All, 0, "b"), Sample.Hydrater("b", All, 1, "a")), Sample.Document());
        Assert.Equal(["b"], second.Touch());
    }

    [Fact]
    public void A_ring_of_exclusions_does_not_stop_everything()
    {
        var play = new Playthrough(
            Sample.Stack(
                Sample.Hydrater("a", All, 0, "b"), Sample.Hydrater("b", All, 0, "c"), Sample.Hydrater("c", All, 0, "a")),
            Sample.Document());
        Assert.Equal(["a"], play.Touch());
    }

    [Fact]
    public void Hydraters_of_one_class_are_called_together()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All), Sample.Hydrater("b", All), Sample.Hydrater("c", All, -1)),
            Sample.Document());
        Assert.Equal(["a", "b"], play.Touch());
        Assert.Equal(["a", "b"], play.Hydrating);
        Assert.Empty(play.Answer("a"));
        Assert.Equal(["c"], play.Answer("b"));
    }

    [Fact]
    public void Higher_priorities_go_first_by_value()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("low", All, -5), Sample.Hydrater("high", All, 5), Sample.Hydrater("higher", All, 9)),
            Sample.Document());
        Assert.Equal(["higher"], play.Touch());
        Assert.Equal(["high"], play.Answer("higher"));
        Assert.Equal(["low"], play.Answer("high"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_low_class_is_blocked_by_an_error_unless_told_otherwise(bool runsAfterErrors)
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All), Sample.Hydrater("low", All, -1)),
            Sample.Document(file: Sample.File),
            Sample.Rules with { LowPriorityAfterErrors = runsAfterErrors });
        play.Touch();
        Assert.Equal(runsAfterErrors ? ["low"] : [], play.Fail("a"));
        Assert.Equal(!runsAfterErrors, play.Document.File is null);
    }

    [Fact]
    public void Rounds_stop_at_the_limit_and_say_so()
    {
        var chain = Enumerable.Range(0, 25).Select(i => Sample.Hydrater(
            $"h{i}",
            i == 0 ? All : After($"h{i - 1}"))).ToArray();
        var play = new Playthrough(Sample.Stack(chain), Sample.Document(file: Sample.File));
        var next = play.Touch();
        var rounds = 0;
        while (next.Count > 0)
        {
            rounds++;
            next = play.Answer(next[0]);
        }

        Assert.Equal(20, rounds);
        Assert.Contains("20 rounds", play.Document.Hydration.Error, StringComparison.Ordinal);
        Assert.Null(play.Document.File);
        var settled = play.Document;
        play.Touch();
        Assert.Same(settled, play.Document);
    }

    [Fact]
    public void Two_hydraters_that_change_the_type_back_and_forth_come_to_an_end()
    {
        var play = new Playthrough(
            Sample.Stack(
                Sample.Hydrater("a", """[{"documentType":{"name":"file"}}]"""),
                Sample.Hydrater("b", """[{"documentType":{"name":"email"}}]""")),
            Sample.Document());
        Assert.Equal(["a"], play.Touch());
        Assert.Equal(["b"], play.Answer("a", change: new DocumentChange { Type = BuiltInDocumentTypes.Email }));
        Assert.Empty(play.Answer("b", change: new DocumentChange { Type = BuiltInDocumentTypes.File }));
    }

    [Fact]
    public void Any_stack_ends_and_calls_no_hydrater_twice_in_a_generation() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var play = new Playthrough(Sample.Stack(RandomHydraters(random)), Sample.Document(file: Sample.File));
        var called = new HashSet<(int, string)>();
        var waiting = new List<string>();
        for (var step = 0; step < 400; step++)
        {
            var dispatched = waiting.Count == 0 || random.Next(4) == 0
                ? play.Touch(random.Next(3) == 0 && step < 40 ? d => Change(d, random) : null)
                : Step(play, waiting, random);
            if (play.Last.Superseded.Count > 0)
            {
                waiting.Clear();
            }

            waiting.AddRange(dispatched);
            if (dispatched.Any(name => !called.Add((play.Document.Hydration.Generation, name)))
                || !waiting.Order().SequenceEqual(play.Hydrating.Order()))
            {
                return false;
            }
        }

        return waiting.Count == 0 && play.Document.File is null && !play.Document.Hydration.IsHydrating;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static IReadOnlyList<string> Step(Playthrough play, List<string> waiting, Random random)
    {
        var name = waiting[random.Next(waiting.Count)];
        waiting.Remove(name);
        return random.Next(4) == 0 ? play.Fail(name) : play.Answer(name, $$"""{"k{{random.Next(3)}}":"v"}""");
    }

    private static Document Change(Document document, Random random) => random.Next(2) == 0
        ? document with { Hydration = document.Hydration with { IsReposted = true } }
        : document with { Metadata = JsonFields.FromText($$"""{"k{{random.Next(3)}}":"v","n":{{random.Next()}}}""") };

    private static Core.Hydraters.Hydrater[] RandomHydraters(Random random) => [.. Enumerable.Range(0, 8).Select(i =>
        Sample.Hydrater(
            $"h{i}",
            random.Next(5) switch
            {
                0 => HasFile,
                1 => "[{\"metadata\":{\"k" + random.Next(3) + "\":\"v\"}}]",
                2 => After($"h{random.Next(8)}"),
                _ => All,
            },
            random.Next(-1, 2),
            [.. Enumerable.Range(0, random.Next(2)).Select(_ => $"h{random.Next(8)}")]))];

    private static HydraterStack Dependency() => Sample.Stack(
        Sample.Hydrater("first", All),
        Sample.Hydrater("second", After("first")));

    private static string After(string name) =>
        "[{\"hydratedBy\":{\"$contains\":\"" + Sample.Url(name) + "\"}}]";

    private static HydraterStack Exclusion() =>
        Sample.Stack(Sample.Hydrater("plaintext", All), Sample.Hydrater("markdown", All, 0, "plaintext"));
}
