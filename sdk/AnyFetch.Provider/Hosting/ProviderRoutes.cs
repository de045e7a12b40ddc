using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Provider.Hosting;

/// <summary>The route table of a provider (provider-protocol, sections 1 and 9).</summary>
internal static class ProviderRoutes
{
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Delete = [HttpMethods.Delete];

    public static void Map(RouteGroupBuilder group, ProviderHost host, string prefix)
    {
        var routes = new RouteTable(group, host);
        routes.Map("/", Get, (call, _) => Task.FromResult(Results.Redirect(
            call.Runtime.Options.ProductUrl ?? call.Runtime.Identity.ManagerUrl)));
        routes.Map("/status", Get, StatusEndpoints.GetStatusAsync);

        routes.Map("/init/connect", Get, ConnectEndpoints.ConnectAsync);
        routes.Map("/init/options", Get, OptionsEndpoints.GetFormAsync);
        routes.Map("/init/consent", ["GET", "POST"], CallbackEndpoints.ConsentAsync);
        routes.Map("/init/callback", ["GET", "POST"], CallbackEndpoints.CallbackAsync);

        routes.Map("/update", ["POST", "GET"], UpdateEndpoints.UpdateAsync);
        routes.Map("/update/{**identifier}", Post, UpdateEndpoints.UpdateOneAsync);

        routes.Map("/token", Post, TokenEndpoints.CreateAsync);
        routes.Map("/token", Delete, TokenEndpoints.DeleteAsync);
        routes.Map("/token/renewal", Post, ConnectEndpoints.CreateRenewalAsync);
        routes.Map("/token/reset", Delete, TokenEndpoints.ResetAsync);
        routes.Map("/reset", Delete, TokenEndpoints.ResetOldPathAsync);

        routes.Map("/account", Get, AccountEndpoints.GetAccountAsync);
        routes.Map("/account/events", Get, AccountEndpoints.GetEventsAsync);
        routes.Map("/account/runs", Get, AccountEndpoints.GetRunsAsync);
        routes.Map("/account/schedule", Post, ScheduleEndpoints.SetAsync);
        routes.Map("/webhook", ["GET", "POST"], WebhookEndpoints.ReceiveAsync);
        routes.Map("/errors", Get, ErrorEndpoints.ListAsync);
        routes.Map("/errors", Delete, ErrorEndpoints.ClearAsync);
        routes.Map("/errors/retry", Post, ErrorEndpoints.RetryAsync);
        routes.RefuseOtherVerbs();
        (host.Provider as IRouteProvider)?.MapRoutes(group, new SourceAccounts(host));
        UnknownRoutes.Map(group, host, prefix);
    }
}
