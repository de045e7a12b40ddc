using AnyFetch.Hydrater.TestKit;

namespace Company.Hydrater1.Tests;

public sealed class WordCounterTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n") + ".txt");

    [Fact]
    public async Task The_words_of_a_text_are_counted()
    {
        await File.WriteAllTextAsync(_file, "Three plain words");
        var outcome = await HydraterTestKit.RunAsync(new WordCounter(), _file, CancellationToken.None);
        Assert.Empty(HydraterTestKit.Differences(outcome, """{"metadata":{"words":3}}"""));
    }

    [Fact]
    public async Task A_file_without_words_is_a_permanent_error()
    {
        await File.WriteAllTextAsync(_file, " ");
        var outcome = await HydraterTestKit.RunAsync(new WordCounter(), _file, CancellationToken.None);
        Assert.Equal("HydrationError: The file has no words.", outcome.Error);
        Assert.False(outcome.IsTransient);
    }

    public void Dispose() => File.Delete(_file);
}
