using System.Text;
using AnyFetch.Api.Http;

namespace AnyFetch.Api.Rendering;

/// <summary>The stylesheet that the templates' classes are made for.</summary>
internal static class StylesheetEndpoint
{
    private const string Resource = "anyfetch.css";

    private static readonly byte[] s_css = Load();

    /// <summary>The stylesheet itself.</summary>
    public static string Text { get; } = Encoding.UTF8.GetString(s_css);

    public static void Map(ApiRoutes routes) =>
        routes.Get("/anyfetch.css", SendAsync).AllowAnonymous().Describe(StylesheetDescriptions.Get);

    private static async ValueTask<ApiResult> SendAsync(ApiCall call)
    {
        var response = call.Http.Response;
        response.ContentType = "text/css; charset=utf-8";
        response.ContentLength = s_css.Length;
        response.Headers.CacheControl = "public, max-age=3600";
        await response.BodyWriter.WriteAsync(s_css, call.Aborted).ConfigureAwait(false);
        return ApiResult.Written;
    }

    private static byte[] Load()
    {
        using var stream = typeof(StylesheetEndpoint).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource '{Resource}' is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
