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
        if ((call.Parameters["code"] ?? renewed) is not { } code)
        {
            return Reply.Missing("code");
        }

        var returnTo = ReturnAddress.Accept(call.Runtime, call.Parameters["return_to"]);
        try
        {
            var isRenewal = call.Parameters["code"] is null;
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
        var now = runtime.Time.GetUtcNow();
        var oldest = now.AddMinutes(-runtime.Options.TemporaryTokenMinutes);
        await runtime.Store.TemporaryTokens.PutAsync(
            state, token, now.ToUnixTimeMilliseconds(), oldest.ToUnixTimeMilliseconds(), cancellationToken);
        ConnectSession.Write(call, code);
        return start.RedirectUrl;
    }

    private static Task<ConnectStart> StartAsync(
        ProviderRuntime runtime, string state, string verifier, CancellationToken cancellationToken)
    {
        var root = runtime.Identity.ProviderUrl;
        if (runtime.Provider is IConnector connector)
        {
            var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
            return connector.BeginAsync(
                new ConnectRequest(WebAddress.Join(root, "init/callback"), state, challenge), cancellationToken);
        }

        if (runtime.Provider is ISetupForm)
        {
            return Task.FromResult(new ConnectStart(
                WebAddress.WithParameters(WebAddress.Join(root, "init/options"), ("state", state))));
        }

        throw new ConnectException("This provider cannot be connected by a person.");
    }

    private static string RandomText() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(RandomBytes));
}
