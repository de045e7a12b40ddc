using System.Globalization;
using System.Text.Json;
using AnyFetch.Core.Clients;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Sources;

/// <summary>How one source looks.</summary>
internal static class AccountPages
{
    private const int RunsShown = 10;
    private const int SecondsPerMinute = 60;

    /// <summary>While a run is at work the page shows itself again.</summary>
    private const string RefreshSeconds = "3";

    public static IResult Show(
        HttpContext http,
        Source source,
        ProviderAccount? account,
        IReadOnlyList<ProviderRun> runs,
        IReadOnlyList<JsonElement> errors)
    {
        if (account is null)
        {
            return Page.Full(Visitor.Of(http), source.Name, Html.Of($"""
                <p class="notice">{source.Client.Name} does not answer, or cannot tell about its accounts.</p>
                <p><a class="button" href="/manager">Sources</a></p>
                """));
        }

        if (account.State is "updating" or "queued")
        {
            http.Response.Headers["Refresh"] = RefreshSeconds;
        }

        return Page.Full(Visitor.Of(http), source.Name, Html.Of($"""
            {Html.When(account.PruneBlocked is not null, () => PruneQuestion(http, source, account))}
            {Html.When(source.Token.RequireRefresh || account.State == "refresh_required", () => Reconnect(http, source))}
            <dl class="facts pairs">
              <dt>State</dt><dd>{State(account)}</dd>
              <dt>Documents</dt><dd>{Count(account.Known)}{Html.When(account.Backlog > 0, () => Html.Of(
                  $""" · {Count(account.Backlog)} waiting"""))}</dd>
              <dt>Last complete</dt><dd>{Date(account.LastSuccess) ?? "never"}</dd>
              <dt>Next</dt><dd>{Next(account)}</dd>
              {Html.When(account.LastError is not null, () => Html.Of($"<dt>Last error</dt><dd>{account.LastError}</dd>"))}
            </dl>
            <div class="actions">
              {Button(http, source, "update", "Update now")}
              {Button(http, source, "full", "List everything")}
              {Button(http, source, "dry-run", "Try without sending")}
              {(account.IsPaused ? Button(http, source, "resume", "Resume") : Button(http, source, "pause", "Pause"))}
              <a class="button" href="/manager">Sources</a>
            </div>
            {Html.When(errors.Count > 0, () => Errors(http, source, account, errors))}
            {Html.When(runs.Count > 0, () => Runs(runs))}
            """));
    }

    public static IResult Refused(Source source, ProviderAnswer answer) =>
        Page.Card("That did not work", Html.Of($"""
            <p>{source.Client.Name} {(answer.Status == IProviderGateway.Unreachable
                ? "does not answer."
                : $"refused: {ProviderAccount.Text(answer.Body, "message") ?? answer.Status.ToString(CultureInfo.InvariantCulture)}")}</p>
            <p><a class="button" href="/manager/sources/{source.Token.Id.ToString()}">Back</a></p>
            """), StatusCodes.Status502BadGateway);

    private static Html PruneQuestion(HttpContext http, Source source, ProviderAccount account) => Html.Of($"""
        <div class="notice" role="alert">
          <p>{Count(account.PruneBlocked ?? 0)} of {Count(account.Known)} documents are missing at the source. That may be
            right, or the source may be at fault: nothing was deleted.</p>
          <div class="actions">{Button(http, source, "prune", "Delete them", "danger")}
            {Button(http, source, "full", "Look again")}</div>
        </div>
        """);

    private static Html Reconnect(HttpContext http, Source source) => Html.Of($"""
        <div class="notice" role="alert">
          <p>Its access at the source has ended. Reconnect it to go on.</p>
          <form method="post" action="/manager/sources/{source.Token.Id.ToString()}/reconnect">{http.Proof()}
            <button type="submit" class="primary">Reconnect</button></form>
        </div>
        """);

    private static Html Errors(
        HttpContext http, Source source, ProviderAccount account, IReadOnlyList<JsonElement> errors) => Html.Of($"""
        <h2>Errors</h2>
        <p class="muted">{Count(account.Errors)} in all. A document leaves this list when it arrives.</p>
        <div class="actions">{Button(http, source, "retry", "Try all again")}{Button(http, source, "dismiss", "Dismiss all")}</div>
        <table class="grid"><thead><tr><th>Item</th><th>Where</th><th>Why</th><th></th></tr></thead><tbody>
        {Html.Join(errors.Select(error => ErrorRow(http, source, error)))}
        </tbody></table>
        """);

    private static Html ErrorRow(HttpContext http, Source source, JsonElement error)
    {
        var identifier = ProviderAccount.Text(error, "identifier") ?? "";
        var name = ProviderAccount.Text(error, "title") ?? (identifier.Length > 0 ? identifier : "The listing");
        return Html.Of($"""
            <tr><td>{name}</td><td>{ProviderAccount.Text(error, "stage")}</td>
              <td>{ProviderAccount.Text(error, "message")}</td>
              <td>{Html.When(identifier.Length > 0 && ProviderAccount.Flag(error, "retryable"), () =>
                  Button(http, source, "retry", "Try again", identifier: identifier))}</td></tr>
            """);
    }

    private static Html Runs(IReadOnlyList<ProviderRun> runs) => Html.Of($"""
        <h2>Runs</h2>
        <table class="grid"><thead><tr><th>When</th><th>Why</th><th>Outcome</th><th>Seen</th><th>Sent</th><th>Moved</th>
          <th>Left out</th><th>Deleted</th><th>Failed</th></tr></thead><tbody>
        {Html.Join(runs.Take(RunsShown).Select(RunRow))}
        </tbody></table>
        """);

    // A dry run sends nothing: what it would have sent is its backlog.
    private static Html RunRow(ProviderRun run) => Html.Of($"""
        <tr><td class="number">{Date(run.Started)}</td><td>{run.Reason}, {run.Mode.Replace('_', ' ')}</td>
          <td>{run.Outcome.Replace('_', ' ')}{Html.When(run.Error is not null, () => Html.Of($"<br><small>{run.Error}</small>"))}</td>
          <td class="number">{Count(run.Count("seen"))}</td>
          <td class="number">{(run.Mode == "dry_run" ? $"({Count(run.Count("backlog"))})" : Count(run.Count("sent")))}</td>
          <td class="number">{Count(run.Count("moved"))}</td><td class="number">{Count(run.Count("excluded"))}</td>
          <td class="number">{Count(run.Count("deleted"))}</td><td class="number">{Count(run.Count("failed"))}</td></tr>
        """);

    private static Html Button(
        HttpContext http, Source source, string action, string label, string style = "", string? identifier = null) =>
        Html.Of($"""
        <form method="post" action="/manager/sources/{source.Token.Id.ToString()}/do/{action}">{http.Proof()}
          {Form.Hidden("identifier", identifier)}<button type="submit" class="{style}">{label}</button></form>
        """);

    private static string State(ProviderAccount account) => account.State switch
    {
        "updating" => Progress(account),
        "queued" => "waiting for its turn",
        "paused" => $"the source asked to wait until {Date(account.PausedUntil)}",
        "refresh_required" => "its access has ended",
        _ when account.PruneBlocked is not null => "waiting for your answer",
        _ => account.LastError is null ? "up to date" : "the last run failed; the next one tries again",
    };

    private static string Next(ProviderAccount account) => account.State switch
    {
        "refresh_required" => "when it is reconnected",
        _ => account.IsPaused ? "paused" : Date(account.NextRun) ?? "when it is asked",
    };

    private static string Progress(ProviderAccount account)
    {
        var run = account.Run;
        var text = $"at work: {Count(run?.Count("seen") ?? 0)} seen, {Count(run?.Count("sent") ?? 0)} sent";
        text += account.ItemsPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:0.#} a second") : "";
        return text + (account.EtaSeconds is { } seconds ? $", {Duration(seconds)} left" : "");
    }

    private static string Duration(long seconds) =>
        seconds < SecondsPerMinute ? $"{seconds} s" : $"{(seconds + SecondsPerMinute - 1) / SecondsPerMinute} min";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Date(DateTimeOffset? date) =>
        date?.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
