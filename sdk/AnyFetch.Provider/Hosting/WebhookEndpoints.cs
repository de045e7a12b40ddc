using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary><c>/webhook</c>: notices of the source become runs (provider-protocol, section 9).</summary>
internal static class WebhookEndpoints
{
    public static async Task<IResult> ReceiveAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        if (call.Runtime.Provider is not IWebhook webhook)
        {
            return Reply.Error(404, "ResourceNotFound", "This provider takes no notices.");
        }

        var request = call.Http.Request;
        var reply = await webhook.ReceiveAsync(
            new WebhookCall(
                request.Method,
                request.Query.ToDictionary(entry => entry.Key, entry => entry.Value.FirstOrDefault() ?? ""),
                request.Headers.ToDictionary(
                    entry => entry.Key, entry => entry.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                call.Parameters.Body),
            cancellationToken);
        var isConcerned = await NoticeAsync(call.Runtime, reply, cancellationToken);
        var status = isConcerned ? reply.Status : reply.StatusForNobody ?? reply.Status;
        return reply.Text is { } text
            ? Results.Text(text, "text/plain; charset=utf-8", statusCode: status)
            : Results.StatusCode(status);
    }

    private static async Task<bool> NoticeAsync(
        ProviderRuntime runtime, WebhookReply reply, CancellationToken cancellationToken)
    {
        var isConcerned = false;
        foreach (var account in await runtime.Store.Accounts.ListAsync(cancellationToken))
        {
            if (account.Token is not null && reply.Concerns(runtime.CreateSource(account, readOnly: true)))
            {
                runtime.Watchers.Notice(account.Id);
                isConcerned = true;
            }
        }

        return isConcerned;
    }
}
