using System.Net.Http.Headers;
using System.Text;
using AnyFetch.Core.Rendering;
using AnyFetch.Server.Tests.Api;

namespace AnyFetch.Server.Tests.Images;

/// <summary><c>GET /documents/{ref}/image</c> (api.md §5, search-and-projection §4.2).</summary>
public sealed class DocumentImageTests : ApiTest
{
    private const string Document = """
        {"identifier":"a/b","document_type":"document","metadata":{"title":"A report about turbines","text":"hydro"},
         "data":{"html":"<p>Some <b>turbines</b> turn.</p><script>document.body.style.background='#f00'</script>"}}
        """;

    [Fact]
    public async Task Api_check_20_and_search_check_36_the_image_is_as_wide_as_asked()
    {
        var path = $"/documents/{(await PostAsync("/documents", Document)).Is(200).Str("id")}/image";
        foreach (var width in new[] { "99", "1921", "-1", "wide", "1e2" })
        {
            (await GetAsync($"{path}?width={width}")).Is(409, "InvalidArgument");
        }

        foreach (var width in new[] { 100, 1920 })
        {
            var answer = (await GetAsync($"{path}?width={width}")).Is(200);
            Assert.Equal("image/png", answer.ContentHeaders.ContentType?.ToString());
            Assert.Equal(width, Png.Read(answer.Bytes).Width);
        }

        Assert.InRange(Png.Read((await GetAsync(path)).Is(200).Bytes).Width, 100, 1920);
    }

    [Fact]
    public async Task Search_words_are_highlighted_in_the_image_and_scripts_leave_no_trace()
    {
        await PostAsync("/documents", Document);
        var plain = Png.Read((await GetAsync("/documents/identifier/a%2Fb/image?width=600")).Is(200).Bytes);
        var found = Png.Read((await GetAsync("/documents/identifier/a%2Fb/image?width=600&search=turbine")).Is(200).Bytes);

        // The stylesheet's colour of a highlight.
        Assert.Equal(0, plain.Count(0xff, 0xf3, 0xa8));
        Assert.True(found.Count(0xff, 0xf3, 0xa8) > 500);
        Assert.Equal(0, found.Count(0xff, 0, 0));
    }

    [Fact]
    public async Task Api_check_18_the_image_of_a_document_that_the_caller_may_not_see_is_not_found()
    {
        var id = (await PostAsync("/documents", $$"""{"identifier":"mine","user_access":["{{Token}}"]}""")).Is(200).Str("id");
        var colleague = await Server.AddUserAsync("colleague@example.org", isAdmin: true);
        var stranger = await Server.AddCompanyAsync("stranger@example.org");
        var (_, other) = await Server.AddTokenAsync();
        (await GetAsync("/documents/identifier/mine/image?width=100")).Is(200);
        (await GetAsync("/documents/identifier/mine/image", "Bearer " + other)).Is(404, "ResourceNotFound");
        (await GetAsync($"/documents/{id}/image", Basic(colleague.Email))).Is(404, "ResourceNotFound");
        (await GetAsync($"/documents/{id}/image", Basic(stranger.Email))).Is(404, "ResourceNotFound");
        (await GetAsync("/documents/0123456789abcdef01234567/image")).Is(404, "ResourceNotFound");
        (await GetAsync("/documents/xyz/image")).Is(409, "InvalidArgument");
        (await GetAsync($"/documents/{id}/image", authorization: null)).Is(401, "Unauthorized");
    }

    [Fact]
    public async Task Without_a_browser_only_images_are_missing()
    {
        await using var server = await StartServerAsync(("Images:Program", "no-such-browser"));
        var (_, token) = await server.AddTokenAsync();
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var body = new StringContent("""{"identifier":"x"}""", Encoding.UTF8, "application/json");
        using var posted = await server.Http.PostAsync(new Uri("documents", UriKind.Relative), body);
        Assert.Equal(200, (int)posted.StatusCode);
        using var image = await server.Http.GetAsync(new Uri("documents/identifier/x/image", UriKind.Relative));
        Assert.Equal(503, (int)image.StatusCode);
        Assert.Contains("no-such-browser is not installed", await image.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(server.Get<IPageImager>().Unavailable);
    }
}
