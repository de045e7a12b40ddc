using AnyFetch.Client;
using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>The end of a connection (provider-protocol, section 2, steps 5 to 10). Always a redirect, never a bare error.</summary>
internal static class CallbackEndpoints
{
    private const int AccountNameCharactersMax = 500;
    private static readonly AnyFetchClientOptions Patience = new() { RetriesMax = 1, TimeoutSeconds = 30 };

    public static Task<IResult> CallbackAsync(ProviderCall call, CancellationToken cancellationToken) =>
        GoOnAsync(
            call,
            async (state, token, address) =>
            {
                await FinishAsync(call, state, token, cancellationToken);
                return Back(address, "success", null);
            },
            cancellationToken);

    /// <summary><c>/init/consent</c>: what was entered before the consent page, and the way there.</summary>
    public static Task<IResult> ConsentAsync(ProviderCall call, CancellationToken cancellationToken) =>
        GoOnAsync(
            call,
            async (state, token, _) =>
            {
                if (call.Runtime.Provider is not IConnectForm { Form: { } form } connector)
                {
                    return Reply.Error(404, "ResourceNotFound", "This provider asks for nothing before its consent page.");
                }

                var request = ConnectEndpoints.Request(call.Runtime, state, token.CodeVerifier) with
                {
                    Values = SetupValues.Check(form, call.Parameters),
                };
                var start = await connector.BeginAsync(request, cancellationToken);
                if (!WebAddress.IsHttp(start.RedirectUrl))
                {
                    throw new ConnectException("The provider gave no valid address of the source.");
                }

                await ConnectEndpoints.KeepAsync(
                    call.Runtime, state, token with { PreData = start.PreData }, cancellationToken);
                return Results.Redirect(start.RedirectUrl);
            },
            cancellationToken);

    // Takes up a connection that this browser began.
    private static async Task<IResult> GoOnAsync(
        ProviderCall call, Func<string, TemporaryToken, string, Task<IResult>> step, CancellationToken cancellationToken)
    {
        var runtime = call.Runtime;
        var landing = ReturnAddress.Landing(runtime);
        if (!ConnectSession.TryRead(call, out _))
        {
            return Back(landing, "danger", "The code cookie is missing: start the connection again.");
        }

        if (call.Parameters["state"] is not { } state)
        {
            return Back(landing, "danger", "The source sent no state back: start the connection again.");
        }

        var oldest = runtime.Time.GetUtcNow().AddMinutes(-runtime.Options.TemporaryTokenMinutes);
        var token = await runtime.Store.TemporaryTokens.FindAsync(
            state, oldest.ToUnixTimeMilliseconds(), cancellationToken);
        if (token is null)
        {
            return Back(landing, "danger", "The connection took too long or was used already: start it again.");
        }

        var address = token.ReturnTo ?? ReturnAddress.Root(runtime);
        try
        {
            return await step(state, token, address);
        }
        catch (CancelException)
        {
            return Back(address, "canceled", null);
        }
        catch (Exception failure) when (ConnectFailures.IsExpected(failure, cancellationToken))
        {
            runtime.Log.ConnectFailed(failure.GetType().Name);
            return Back(address, "danger", ConnectFailures.MessageOf(failure));
        }
    }

    private static async Task FinishAsync(
        ProviderCall call, string state, TemporaryToken token, CancellationToken cancellationToken)
    {
        var runtime = call.Runtime;
        var source = await CompleteAsync(call, token, cancellationToken);
        var name = source.AccountName?.Trim();
        if (name is not { Length: > 0 and <= AccountNameCharactersMax })
        {
            throw new ConnectException("The source gave no valid account name.");
        }

        if (!await runtime.Store.TemporaryTokens.RemoveAsync(state, cancellationToken))
        {
            throw new ConnectException("The connection was used already: start it again.");
        }

        var secret = token.IsRenewal ? token.Code : await ExchangeAsync(call, token.Code, cancellationToken);
        if (token.IsRenewal && await runtime.Store.Accounts.FindByTokenAsync(secret, cancellationToken) is { } known)
        {
            // A run that found the old access dead tells the manager so when it ends, which must not come after the new name.
            await runtime.Scheduler.StopAndAsync(known.Id, () => Task.CompletedTask, cancellationToken);
        }

        await runtime.Manager.SetAccountNameAsync(secret, name, cancellationToken);
        var account = await AccountConnection.SaveAsync(
            runtime, secret, name, source.ServiceData, cancellationToken);
        runtime.Scheduler.InBackground(account.Id, stops => AskForUpdateAsync(runtime, account, stops));
    }

    private static Task<ConnectedSource> CompleteAsync(
        ProviderCall call, TemporaryToken token, CancellationToken cancellationToken)
    {
        if (call.Runtime.Provider is ISetupForm form && call.Runtime.Provider is not IConnector)
        {
            return form.CompleteAsync(SetupValues.Check(form.Form, call.Parameters), cancellationToken);
        }

        var connector = (IConnector)call.Runtime.Provider;
        var callback = WebAddress.Join(call.Runtime.Identity.ProviderUrl, "init/callback");
        return connector.CompleteAsync(
            new ConnectReply(call.Parameters.All, token.PreData, callback, token.CodeVerifier), cancellationToken);
    }

    private static Task<string> ExchangeAsync(ProviderCall call, string code, CancellationToken cancellationToken)
    {
        var identity = call.Runtime.Identity;
        return call.Runtime.Manager.ExchangeCodeAsync(
            new CodeExchange
            {
                ClientId = identity.AppId,
                ClientSecret = identity.AppSecret,
                Code = code,
                RedirectUri = WebAddress.Join(identity.ProviderUrl, "init/connect"),
            },
            cancellationToken);
    }

    // The first run starts through the core, so that the company's cap applies. Its failure never fails the connection.
    private static async Task AskForUpdateAsync(
        ProviderRuntime runtime, AccountRow account, CancellationToken cancellationToken)
    {
        try
        {
            var core = runtime.CreateCore(account.Token!, runtime.CreateRequest(account, "connect"), Patience);
            await core.Users.UpdateCurrentAsync(cancellationToken);
        }
        catch (Exception failure) when (
            failure is AnyFetchException or HttpRequestException or TimeoutException or System.Text.Json.JsonException)
        {
            runtime.Log.NoticeFailed(account.Id, failure.GetType().Name);
        }
    }

    private static IResult Back(string address, string state, string? message) =>
        Results.Redirect(ReturnAddress.Result(address, state, message));
}
