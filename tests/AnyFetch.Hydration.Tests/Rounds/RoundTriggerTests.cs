using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Hydration.Rounds;

namespace AnyFetch.Hydration.Tests.Rounds;

/// <summary>What clients and providers do to a document between rounds.</summary>
public sealed class RoundTriggerTests
{
    private const string HasFile = """[{"filePath":"/^./"}]""";
    private const string All = "[{}]";

    [Fact]
    public void A_change_by_a_client_dispatches_what_newly_matches_and_nothing_else()
    {
        var play = new Playthrough(
            Sample.Stack(
                Sample.Hydrater("a", All), Sample.Hydrater("b", """[{"metadata":{"k":"v"}}]"""), Sample.Hydrater("c", All, -1)),
            Sample.Document());
        Assert.Equal(["a"], play.Touch());
        Assert.Empty(play.Touch());
        Assert.Equal(["b"], play.Touch(d => d with { Metadata = JsonFields.FromText("""{"k":"v"}""") }));
        Assert.Equal(["a", "b"], play.Hydrating);
        Assert.Empty(play.Answer("a", """{"x":1}"""));
        Assert.Equal(["c"], play.Answer("b"));
    }

    [Fact]
    public void A_change_of_a_client_that_an_answer_overtakes_still_counts()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All), Sample.Hydrater("z", All), Sample.Hydrater("b", """[{"metadata":{"k":"v"}}]""")),
            Sample.Document("""{"path":"x"}"""));
        play.Touch();
        var changed = play.Document with { Metadata = JsonFields.FromText("""{"k":"v"}""") };
        var late = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All), Sample.Hydrater("z", All), Sample.Hydrater("b", """[{"metadata":{"k":"v"}}]""")),
            changed);
        Assert.Equal(["b"], late.Answer("a"));
    }

    [Fact]
    public void What_an_answer_makes_match_waits_for_the_round_to_end()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("a", All), Sample.Hydrater("z", All), Sample.Hydrater("b", """[{"metadata":{"k":"v"}}]""")),
            Sample.Document());
        play.Touch();
        Assert.Empty(play.Answer("a", """{"k":"v"}"""));
        Assert.Empty(play.Touch());
        Assert.Equal(["b"], play.Answer("z"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_file_goes_when_hydration_ends_unless_its_source_is_null(bool keeps)
    {
        var document = Sample.Document(file: Sample.File) with
        {
            Source = keeps ? DocumentSource.KeepFile : DocumentSource.FromUrl("http://origin/"),
        };
        var play = new Playthrough(Sample.Stack(Sample.Hydrater("a", HasFile)), document);
        play.Touch();
        Assert.NotNull(play.Document.File);
        play.Answer("a");
        Assert.Equal(keeps, play.Document.File is not null);
    }

    [Fact]
    public void A_file_that_nobody_reads_goes_at_once()
    {
        var play = new Playthrough(HydraterStack.Empty, Sample.Document(file: Sample.File));
        play.Touch();
        Assert.Null(play.Document.File);
    }

    [Fact]
    public void A_kept_file_goes_when_its_source_becomes_a_URL()
    {
        var play = new Playthrough(
            HydraterStack.Empty, Sample.Document(file: Sample.File) with { Source = DocumentSource.KeepFile });
        play.Touch();
        Assert.NotNull(play.Document.File);
        play.Touch(d => d with { Source = DocumentSource.FromUrl("http://origin/") });
        Assert.Null(play.Document.File);
    }

    [Fact]
    public void A_document_sent_again_runs_the_hydraters_that_need_no_file()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("file", HasFile), Sample.Hydrater("fields", All)),
            Sample.Document(file: Sample.File) with { Source = DocumentSource.KeepFile });
        Assert.Equal(["file", "fields"], play.Touch());
        play.Answer("file");
        play.Answer("fields");
        var dispatched = play.Touch(d => d with { Hydration = d.Hydration with { IsReposted = true } });
        Assert.Equal(["fields"], dispatched);
        Assert.Equal(1, play.Document.Hydration.Generation);
        Assert.False(play.Document.Hydration.IsReposted);
        Assert.Equal(["file"], play.HydratedBy);
    }

    [Fact]
    public void A_document_sent_again_that_no_hydrater_wants_is_left_as_it_is()
    {
        var play = new Playthrough(Sample.Stack(Sample.Hydrater("file", HasFile)), Sample.Document());
        play.Touch(d => d with { Hydration = d.Hydration with { IsReposted = true } });
        Assert.True(play.Document.Hydration.IsReposted);
        Assert.Equal(0, play.Document.Hydration.Generation);
        Assert.Equal(["file"], play.Touch(d => d with { File = Sample.File }));
        Assert.False(play.Document.Hydration.IsReposted);
    }

    [Fact]
    public void A_document_sent_again_while_hydraters_work_calls_them_anew()
    {
        var play = new Playthrough(
            Sample.Stack(Sample.Hydrater("file", HasFile), Sample.Hydrater("fields", All)), Sample.Document(file: Sample.File));
        play.Touch();
        var dispatched = play.Touch(d => d with { Hydration = d.Hydration with { IsReposted = true } });
        Assert.Equal(["file", "fields"], dispatched);
        Assert.Equal(2, play.Last.Superseded.Count);
        Assert.Equal(0, play.Last.SupersededGeneration);
    }
}
