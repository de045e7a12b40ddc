using System.Security.Cryptography;
using System.Text;
using AnyFetch.Client;
using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Provider.Hosting;

/// <summary>The beginning of a connection (provider-protocol, section 2, steps 1 to 4).</summary>
internal static class ConnectEndpoints
{
    private const int RandomBytes = 32;

    public static async Task<IResult> ConnectAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        var renewed = call.Parameters["anyfetch_token"];
        var renewal = call.Parameters["renewal_code"];
        if ((call.Parameters["code"] ?? renewal ?? renewed) is not { } code)
        {
            return Reply.Missing("code");
        }

        var returnTo = ReturnAddress.Accept(call.Runtime, call.Parameters["return_to"]);
        try
        {
            var isRenewal = call.Parameters["code"] is null;
            if (isRenewal && renewal is not null)
            {
                code = await TakeRenewalAsync(call.Runtime, renewal, cancellationToken);
            }

            var address = await BeginAsync(call, code, isRenewal, returnTo, cancellationToken);
            return Results.Redirect(address);
        }
        catch (Exception failure) when (ConnectFailures.IsExpected(failure, cancellationToken))
        {
            call.Runtime.Log.ConnectFailed(failure.GetType().Name);
            return Results.Redirect(ReturnAddress.Result(
                returnTo ?? ReturnAddress.Root(call.Runtime), "danger", ConnectFailures.MessageOf(failure)));
        }
    }

    private static async Task<string> BeginAsync(
        ProviderCall call, string code, bool isRenewal, string? returnTo, CancellationToken cancellationToken)
    {
        var runtime = call.Runtime;
        var (state, verifier) = (RandomText(), RandomText());
        var start = await StartAsync(runtime, state, verifier, cancellationToken);
        if (!WebAddress.IsHttp(start.RedirectUrl))
        {
            throw new ConnectException("The provider gave no valid address of the source.");
        }

        var token = new TemporaryToken
        {
            Code = code,
            IsRenewal = isRenewal,
            ReturnTo = returnTo,
            CodeVerifier = verifier,
            PreData = start.PreData,
        };
        await KeepAsync(runtime, state, token, cancellationToken);
        ConnectSession.Write(call, code);
        return start.RedirectUrl;
    }

    private static Task<ConnectStart> StartAsync(
        ProviderRuntime runtime, string state, string verifier, CancellationToken cancellationToken)
    {
        var root = runtime.Identity.ProviderUrl;
        if (runtime.Provider is IConnector connector and not IConnectForm { Form: not null })
        {
            return connector.BeginAsync(Request(runtime, state, verifier), cancellationToken);
        }

        if (runtime.Provider is ISetupForm or IConnectForm)
        {
            return Task.FromResult(new ConnectStart(
                WebAddress.WithParameters(WebAddress.Join(root, "init/options"), ("state", state))));
        }

        throw new ConnectException("This provider cannot be connected by a person.");
    }

    /// <summary>Keeps a connection under way until the callback.</summary>
    internal static Task KeepAsync(
        ProviderRuntime runtime, string state, TemporaryToken token, CancellationToken cancellationToken) =>
        runtime.Store.TemporaryTokens.PutAsync(
            state, token, runtime.Time.GetUtcNow().ToUnixTimeMilliseconds(), Oldest(runtime), cancellationToken);

    /// <summary>What a connector is given to start with.</summary>
    internal static ConnectRequest Request(ProviderRuntime runtime, string state, string verifier) => new(
        WebAddress.Join(runtime.Identity.ProviderUrl, "init/callback"),
        state,
        WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));

    /// <summary><c>POST /token/renewal</c>: a one-time code, so that the token itself never travels in an address.</summary>
    public static Task<IResult> CreateRenewalAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                if (account.Token is not { } token)
                {
                    return Reply.Error(428, "PreconditionRequired", "This account must be connected anew.");
                }

                var code = RandomText();
                var now = call.Runtime.Time.GetUtcNow();
                await call.Runtime.Store.TemporaryTokens.PutRenewalAsync(
                    code, token, now.ToUnixTimeMilliseconds(), Oldest(call.Runtime), cancellationToken);
                return Results.Json(new RenewalReply(code), ProviderJson.Default.RenewalReply);
            },
            cancellationToken);

    private static async Task<string> TakeRenewalAsync(
        ProviderRuntime runtime, string code, CancellationToken cancellationToken) =>
        await runtime.Store.TemporaryTokens.TakeRenewalAsync(code, Oldest(runtime), cancellationToken)
        ?? throw new ConnectException("The renewal took too long or was used already: start it again.");

    private static long Oldest(ProviderRuntime runtime) =>
        runtime.Time.GetUtcNow().AddMinutes(-runtime.Options.TemporaryTokenMinutes).ToUnixTimeMilliseconds();

    private static string RandomText() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));
}
