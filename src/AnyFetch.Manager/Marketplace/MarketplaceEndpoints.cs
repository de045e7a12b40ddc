using AnyFetch.Core.Clients;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Descriptions;
using AnyFetch.Manager.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager.Marketplace;

/// <summary>The list of providers, for every web page and program (auth-and-tenancy §4.4).</summary>
internal static class MarketplaceEndpoints
{
    /// <summary>Who made the providers that come with the server.</summary>
    private const string OwnDeveloper = "AnyFetch";

    public static void MapMarketplace(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithCrossOrigin();
        group.MapMethods("/marketplace.json", [HttpMethods.Get, HttpMethods.Head], ListAsync)
            .WithMetadata(ManagerDescriptions.ListMarketplace);
        group.MapMethods("/marketplace.json", [HttpMethods.Options], CrossOrigin.Preflight);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request,
        IClientStore clients,
        IUserStore users,
        CancellationToken cancellationToken)
    {
        if (!TryReadFlag(request, "trusted", out var trusted) || !TryReadFlag(request, "featured", out var featured))
        {
            return ManagerJson.Error(Error.InvalidArgument("'trusted' and 'featured' are 1, true, 0 or false."));
        }

        var entries = new List<MarketplaceEntry>();
        foreach (var client in await clients.ListAsync(cancellationToken))
        {
            if (!client.IsOAuthApp && (client.IsTrusted || !trusted) && (client.IsFeatured || !featured))
            {
                entries.Add(await ToEntryAsync(client, users, cancellationToken));
            }
        }

        return TypedResults.Json(entries, ManagerJson.Default.IReadOnlyListMarketplaceEntry);
    }

    private static async ValueTask<MarketplaceEntry> ToEntryAsync(
        Client client,
        IUserStore users,
        CancellationToken cancellationToken)
    {
        var developer = client.Developer is { } id
            ? (await users.FindAsync(id, cancellationToken))?.Name ?? ""
            : OwnDeveloper;
        return new MarketplaceEntry(
            client.Id.ToString(),
            client.Name,
            client.RedirectUri,
            new MarketplaceDeveloper(developer),
            client.IsTrusted,
            client.IsFeatured,
            client.Description.Length > 0 ? client.Description : null);
    }

    private static bool TryReadFlag(HttpRequest request, string name, out bool value)
    {
        var text = request.Query[name].ToString();
        value = text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text is "" or "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
