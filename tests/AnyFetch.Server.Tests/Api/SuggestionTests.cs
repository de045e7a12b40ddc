using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Api;

/// <summary><c>GET /suggestions</c> (search-and-projection §5, "search box").</summary>
public sealed class SuggestionTests : ApiTest
{
    [Fact]
    public async Task A_query_that_is_typed_is_completed_and_corrected_by_words_of_documents()
    {
        await AddAsync("a", "Annual Reports", "châteaux");
        await AddAsync("b", "Annual report", "");
        await AddAsync("c", "Monthly replies", "");
        await CountIsAsync(3);

        Assert.StartsWith("Annual report", Assert.Single(await CompletionsAsync("Annual rep")), StringComparison.Ordinal);
        Assert.Equal(["châteaux"], await CompletionsAsync("chat"));
        Assert.Single(await CompletionsAsync("re&limit=1"));
        var typo = (await GetAsync("/suggestions?search=anual%20(reprot%20OR%20x)")).Is(200).Json;
        Assert.Equal(["completions", "correction"], typo.EnumerateObject().Select(p => p.Name));
        Assert.StartsWith("annual (report", typo.GetProperty("correction").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null,
            (await GetAsync("/suggestions?search=annual")).Is(200).Json.GetProperty("correction").ValueKind);
    }

    [Fact]
    public async Task What_makes_no_sense_suggests_nothing()
    {
        foreach (var text in new[] { "", "search=", "search=%22open", "search=(((", "search=%20", "search=%00%ff" })
        {
            var answer = (await GetAsync("/suggestions?" + text)).Is(200).Json;
            Assert.Equal(0, answer.GetProperty("completions").GetArrayLength());
        }

        (await GetAsync("/suggestions?search=a&limit=0")).Is(409, "InvalidArgument");
        (await GetAsync("/suggestions?search=a&limit=21")).Is(409, "InvalidArgument");
        (await GetAsync("/suggestions?search=" + new string('a', 4_097))).Is(409, "InvalidArgument");
    }

    [Fact]
    public async Task Words_of_hidden_documents_are_never_suggested()
    {
        var colleague = await Server.AddUserAsync("colleague@example.org", isAdmin: true);
        await AddAsync("hidden", "Merger secret", "", $"\"user_access\":[\"{Server.AdminUser.Id}\"],");
        await AddAsync("open", "Merging sections", "");
        await CountIsAsync(2);

        foreach (var text in new[] { "mer", "sec", "merger%20se", "secrte", "mergre" })
        {
            var answer = (await GetAsync("/suggestions?search=" + text, Basic(colleague.Email))).Is(200);
            Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("merger\"", answer.Text, StringComparison.Ordinal);
        }

        Assert.Contains("secret", (await GetAsync("/suggestions?search=sec")).Text, StringComparison.Ordinal);
        Assert.Contains("secret", (await GetAsync("/suggestions?search=secrte")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_is_hidden_meanwhile_tells_no_spelling()
    {
        var colleague = await Server.AddUserAsync("colleague@example.org", isAdmin: true);
        await AddAsync("once", "Heron", "");
        await CountIsAsync(1);
        Assert.Contains("heron", (await GetAsync("/suggestions?search=her", Basic(colleague.Email))).Text, StringComparison.Ordinal);

        await AddAsync("once", "Heron", "", "\"user_access\":[],");

        // At once, whether the index has heard of it or not.
        Assert.DoesNotContain("heron", (await GetAsync("/suggestions?search=her", Basic(colleague.Email))).Text, StringComparison.Ordinal);
    }

    private async Task AddAsync(string identifier, string title, string text, string more = "") =>
        (await PostAsync("/documents", $$$"""
            {"identifier":"{{{identifier}}}","document_type":"document",{{{more}}}"metadata":{"title":"{{{title}}}","text":"{{{text}}}"}}
            """)).Is(200);

    private async Task<string[]> CompletionsAsync(string text) =>
        [.. (await GetAsync("/suggestions?search=" + text)).Is(200).Json.GetProperty("completions").EnumerateArray().Select(c => c.GetString()!)];

    private Task CountIsAsync(int count) => Eventually.TrueAsync(
        async () => (await GetAsync("/documents")).Is(200).Json.GetProperty("count").GetInt32() == count,
        TimeSpan.FromSeconds(60),
        $"{count} documents are found");
}
