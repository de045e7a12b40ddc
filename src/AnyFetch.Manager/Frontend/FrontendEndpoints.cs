using System.Net;
using System.Text;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Frontend;

/// <summary>The search page and the files that it is made of (search-and-projection §5).</summary>
internal static class FrontendEndpoints
{
    private static readonly string s_page = Encoding.UTF8.GetString(Asset.All["index.html"].Content);

    public static void MapFrontend(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/app").WithPageHeaders();
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        group.MapMethods("", reads, ShowPage);
        group.MapMethods("/opensearch.xml", reads, DescribeSearch);
        group.MapMethods("/{**path}", reads, ReadAsset);
    }

    private static ContentHttpResult ShowPage(HttpContext http, Origins origins, IOptions<ManagerOptions> options)
    {
        PageHeaders.SetPolicy(http.Response, connect: origins.Api);
        http.Response.Headers.CacheControl = "no-cache";
        var page = s_page
            .Replace("{{api_url}}", WebUtility.HtmlEncode(origins.Api), StringComparison.Ordinal)
            .Replace("{{sign_up}}", options.Value.SignUp ? "true" : "false", StringComparison.Ordinal);
        return TypedResults.Text(page, "text/html", Encoding.UTF8);
    }

    /// <summary>Lets browsers offer this search in their address bar.</summary>
    private static ContentHttpResult DescribeSearch(HttpRequest request, Origins origins)
    {
        var own = WebUtility.HtmlEncode(origins.Own(request));
        var description = $$"""
            <?xml version="1.0" encoding="UTF-8"?>
            <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
              <ShortName>AnyFetch</ShortName>
              <Description>Search everything you own</Description>
              <InputEncoding>UTF-8</InputEncoding>
              <Image width="16" height="16" type="image/svg+xml">{{own}}/app/icon.svg</Image>
              <Url type="text/html" method="get" template="{{own}}/app?q={searchTerms}"/>
            </OpenSearchDescription>
            """;
        return TypedResults.Text(description, "application/opensearchdescription+xml", Encoding.UTF8);
    }

    private static IResult ReadAsset(HttpContext http, string path)
    {
        if (path == "index.html" || !Asset.All.TryGetValue(path, out var asset))
        {
            return TypedResults.Text("There is no such file.", statusCode: StatusCodes.Status404NotFound);
        }

        // Asked about at each use and answered with 304: a new version of the server shows at once.
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: asset.Tag);
    }
}
