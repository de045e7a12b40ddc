using System.Globalization;
using AnyFetch.Core.Hydration;
using AnyFetch.Manager.Markup;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Hydration;

/// <summary>How hydration looks to administrators.</summary>
internal static class HydrationPages
{
    public const string Root = "/manager/hydration";

    public const string Failed = Root + "/failed";

    public const string Settings = Root + "/settings";

    /// <summary>While a run is at work the page shows itself again.</summary>
    private const string RefreshSeconds = "3";

    public static IResult Show(HttpContext http, IReadOnlyList<HydraterState> hydraters, BulkHydration? run)
    {
        var isRunning = run?.State == BulkHydrationState.Running;
        if (isRunning)
        {
            http.Response.Headers["Refresh"] = RefreshSeconds;
        }

        return Page.Full(Visitor.Of(http), "Hydration", Html.Of($"""
            <p class="muted">Hydraters read files and make documents findable. Each runs by itself on what is new.</p>
            {Html.When(run is not null, () => Run(http, run!))}
            <table class="grid"><thead><tr><th>Hydrater</th><th>What it does</th><th>State</th><th></th></tr></thead><tbody>
            {Html.Join(hydraters.Select(hydrater => Row(http, hydrater, isRunning)))}
            </tbody></table>
            <div class="actions"><a class="button" href="{Failed}">What could not be read</a>
              <a class="button" href="{Settings}">Settings</a></div>
            """));
    }

    public static IResult ShowFailed(HttpContext http, FailedDocumentList failed)
    {
        var admin = Visitor.Of(http);
        var shown = failed.Latest.Where(f => f.Document.IsVisibleTo(admin.Id)).ToList();
        return Page.Full(admin, "What could not be read", Html.Of($"""
            <p class="muted">{Count(failed.Count)} in all. {Html.When(
                shown.Count < failed.Count, () => Html.Of($"The latest {Count(shown.Count)} that you may see are listed."))}
              They are found by their names and whatever else could be read of them.</p>
            {Html.When(shown.Count > 0, () => Html.Of($"""
                <table class="grid"><thead><tr><th>Document</th><th>Hydrater</th><th>Why</th><th></th></tr></thead><tbody>
                {Html.Join(shown.Select(document => FailedRow(http, document)))}
                </tbody></table>
                """))}
            <div class="actions"><a class="button" href="{Root}">Hydration</a></div>
            """));
    }

    public static IResult ShowSettings(HttpContext http, HydrationForm form, string? fault) => Page.Full(
        Visitor.Of(http),
        "How documents are hydrated",
        Html.Of($"""
            <p class="muted">What is left empty is as the server has it. It counts for what is hydrated from now on; "Run again" reads what was
              hydrated before.</p>
            <form method="post" action="{Settings}" class="fields">{http.Proof()}
            {Form.Error(fault)}
            {Form.Text("Languages of print", "languages", form.Languages, isRequired: false,
                hint: "In pictures and scans, by tesseract's names, such as eng, fra, deu.")}
            {Form.Lines("Files that nobody looks for", "junk_names", form.JunkNames,
                "One name a line, such as *.log. They are neither sent by sources nor kept.")}
            {Form.Check("Keep all files, whatever their names", "keeps_files", form.KeepsFiles)}
            {Form.Lines("Folders that nobody looks into", "junk_folders", form.JunkFolders, "One name a line, such as node_modules.")}
            {Form.Check("Keep what is in all folders", "keeps_folders", form.KeepsFolders)}
            {Form.Text("Seconds for an answer", "callback_seconds", form.Seconds, isRequired: false,
                hint: "How long a hydrater elsewhere may take.")}
            {Form.Check("Keep the original files", "keep_originals", form.KeepsOriginals,
                hint: "Otherwise a file goes once its document can be found.")}
            <div class="actions"><button type="submit" class="primary">Save</button> <a class="button" href="{Root}">Cancel</a></div>
            </form>
            """),
        fault is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);

    public static IResult FileMissing() => Page.Card("That did not work", Html.Of($"""
        <p>A hydrater needs the file, which is not held any more. Its source sends it again when it is updated in full.</p>
        <p><a class="button" href="{Failed}">Back</a></p>
        """), StatusCodes.Status409Conflict);

    private static Html Run(HttpContext http, BulkHydration run) => Html.Of($"""
        <p role="status">{Text(run)}</p>
        {Html.When(
            run.State == BulkHydrationState.Running,
            () => Html.Of($"""<div class="actions">{Button(http, Root + "/cancel", "Stop the run")}</div>"""))}
        """);

    private static string Text(BulkHydration run) => run.State switch
    {
        BulkHydrationState.Running => $"Running again: {Count(run.Looked)} documents looked at, {Count(run.Started)} begun.",
        BulkHydrationState.Cancelled => $"The last run was stopped after {Count(run.Started)} documents.",
        _ => $"The last run began {Count(run.Started)} of {Count(run.Looked)} documents again.",
    };

    private static Html Row(HttpContext http, HydraterState state, bool isRunning) => Html.Of($"""
        <tr><td>{state.Hydrater.ShortName}</td><td>{state.Hydrater.Description}</td>
          <td>{(state.Fault is null ? Html.Of($"works") : Html.Of($"""<strong class="warn">off:</strong> {state.Fault}"""))}</td>
          <td>{Html.When(
              state.Fault is null && !isRunning,
              () => Button(http, Root + "/run", "Run again", "hydrater", state.Hydrater.Url))}</td></tr>
        """);

    private static Html FailedRow(HttpContext http, FailedDocument failed) => Html.Of($"""
        <tr><td>{failed.Path}</td><td>{failed.Hydrater}</td><td>{failed.Reason}</td>
          <td>{Button(http, $"{Failed}/{failed.Document.Id}", "Try again")}</td></tr>
        """);

    private static Html Button(HttpContext http, string address, string label, string name = "", string? value = null) =>
        Html.Of($"""
        <form method="post" action="{address}">{http.Proof()}{Form.Hidden(name, value)}<button type="submit">{label}</button></form>
        """);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
