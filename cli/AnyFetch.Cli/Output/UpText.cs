using System.Globalization;
using AnyFetch.Server.Directories;

namespace AnyFetch.Cli.Output;

/// <summary>The sentences of <c>up</c>.</summary>
internal static class UpText
{
    public static string Progress(UpView view)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{view.Phase}: {view.Listed:#,0} listed, {view.Sent:#,0} sent, {view.Hydrated:#,0} hydrated, {view.Failed:#,0} failed");
        text += view.FilesPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $", {view.FilesPerSecond:#,0.#}/s") : "";
        return text + (view.RemainingSeconds is { } left
            ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(left):m\\:ss} left")
            : "");
    }

    public static string Done(UpView view, string directory)
    {
        var what = view.Sent == 0 && view.Deleted == 0
            ? "Nothing changed"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{view.Sent:#,0} sent, {view.Deleted:#,0} deleted, {view.Unchanged:#,0} unchanged in {view.ElapsedSeconds:0.0} s");
        var failed = view.Failed == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {view.Failed:#,0} failed: './anyfetch admin failed' says why.");
        var error = view.Error is null ? "" : $" The provider says: {view.Error}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{directory} is searchable: {view.Documents:#,0} documents. {what}.{failed}{error}");
    }

    public static string Changed(DirectoryRun run, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{at:HH:mm:ss} {run.Sent:#,0} sent, {run.Deleted:#,0} deleted{(run.Failed > 0 ? $", {run.Failed:#,0} failed" : "")}");

    public const string Watching = "Changes are picked up while this runs. Stop with Ctrl-C.";
}
