using System.Net;
using System.Text.Json.Nodes;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Dropbox;

public sealed class DropboxImageTests
{
    private static async Task<string> PictureAsync(DropboxScene scene, string name)
    {
        scene.Source.Files.Put("/" + name, "pixels");
        await scene.RunAsync();
        var document = scene.Platform.Documents[(scene.Token, DropboxScene.Root + "/" + name)];
        Assert.Contains("size=xl", (string?)document["data"]!["display"], StringComparison.Ordinal);
        return (string)document["metadata"]!["thumb"]!;
    }

    [Theory]
    [InlineData("picture.png", "png")]
    [InlineData("photo.jpeg", "jpeg")]
    public async Task Acceptance_9_A_picture_is_shown_in_its_own_format(string name, string format)
    {
        await using var scene = await DropboxScene.StartAsync();
        var address = await PictureAsync(scene, name);
        using var image = await scene.Host.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, image.StatusCode);
        Assert.Equal("image/" + format, image.Content.Headers.ContentType!.MediaType);
        Assert.Equal("max-age=86400, private", image.Headers.CacheControl!.ToString());
        var asked = JsonNode.Parse(Assert.Single(scene.Source.Of("2/files/get_thumbnail_v2")).Argument)!;
        Assert.Equal(format, (string?)asked["format"]);
    }

    [Fact]
    public async Task Acceptance_8_A_reference_that_was_altered_is_refused()
    {
        await using var scene = await DropboxScene.StartAsync();
        var address = await PictureAsync(scene, "picture.png");
        var start = address.IndexOf("ref=", StringComparison.Ordinal) + 4;
        var altered = address[..start] + (address[start] == 'A' ? 'B' : 'A') + address[(start + 1)..];
        foreach (var (url, code) in new[]
        {
            (altered, "InvalidArgument"), ("image?ref=abc", "InvalidArgument"), ("image", "MissingParameter"),
            (address.Replace("size=m", "size=q", StringComparison.Ordinal), "InvalidArgument"),
        })
        {
            using var reply = await scene.Host.Http.GetAsync(url);
            Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
            Assert.Equal(code, (string?)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["code"]);
        }

        Assert.Empty(scene.Source.Of("2/files/get_thumbnail_v2"));
    }

    [Fact]
    public async Task A_picture_that_is_gone_is_404_and_one_that_Dropbox_withholds_503()
    {
        await using var scene = await DropboxScene.StartAsync();
        var address = await PictureAsync(scene, "picture.png");
        scene.Source.Files.Delete("/picture.png");
        using var gone = await scene.Host.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        scene.Source.Intercept = _ => new(503);
        using var away = await scene.Host.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
    }
}
