using AnyFetch.Core.Search;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Manager.Search;

/// <summary>What the company's search index consists of, for its administrators.</summary>
internal static class IndexEndpoints
{
    public static void MapIndex(this IEndpointRouteBuilder routes) =>
        routes.MapAdminPages().MapGet("/manager/index", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, IServiceProvider services)
    {
        var user = Visitor.Of(http);

        // A node may show these pages and leave searching to others.
        var index = services.GetService<ISearchIndex>();
        return IndexPages.Show(
            user, index is null ? null : await index.DescribeAsync(user.Company, http.RequestAborted));
    }
}
