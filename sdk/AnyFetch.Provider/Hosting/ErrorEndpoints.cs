using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>The error list of one account (provider-protocol, section 9).</summary>
internal static class ErrorEndpoints
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1000;

    public static Task<IResult> ListAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                if (!TryNumber(call.Parameters["start"], 0, out var start)
                    || !TryNumber(call.Parameters["limit"], LimitDefault, out var limit))
                {
                    return Reply.Invalid("start and limit must be integers of at least 0.");
                }

                var errors = call.Runtime.Store.Errors;
                var rows = await errors.ListAsync(account.Id, start, Math.Min(limit, LimitMax), cancellationToken);
                var entries = rows.Select(row => new ErrorEntryReply(
                    row.Identifier, row.Title, row.Stage, row.Code, row.Message, row.Attempts,
                    DateTimeOffset.FromUnixTimeMilliseconds(row.FirstSeen),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.LastSeen), row.Retryable));
                var reply = new ErrorsReply([.. entries], await errors.CountAsync(account.Id, cancellationToken));
                return Results.Json(reply, ProviderJson.Default.ErrorsReply);
            },
            cancellationToken);

    /// <summary>Acknowledges one entry (<c>identifier</c>) or all.</summary>
    public static Task<IResult> ClearAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                await call.Runtime.Store.Errors.ClearAsync(
                    account.Id, call.Parameters["identifier"], cancellationToken);
                return Results.NoContent();
            },
            cancellationToken);

    /// <summary>Puts failed items (<c>identifier</c>, or all) back into the queue and starts a run for them.</summary>
    public static Task<IResult> RetryAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                if (account.RequireRefresh)
                {
                    return Reply.Error(428, "PreconditionRequired", "A person must reconnect this account.");
                }

                await call.Runtime.Store.Errors.RequeueAsync(
                    account.Id, call.Parameters["identifier"], cancellationToken);
                await call.Runtime.Scheduler.RequestSoonAsync(account.Id, "manual", CancellationToken.None);
                return Results.StatusCode(202);
            },
            cancellationToken);

    private static bool TryNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
