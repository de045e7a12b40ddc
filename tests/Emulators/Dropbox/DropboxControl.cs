using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>
/// <c>/control</c>, for people with a browser: <c>?put=/a.txt&amp;text=hello</c>, <c>?delete=/a.txt</c>,
/// <c>?move=/a&amp;to=/b</c>, <c>?fail=503</c>, <c>?revoke=1</c> and the rest of what the page says.
/// </summary>
internal static class DropboxControl
{
    public static async Task HandleAsync(DropboxEmulator dropbox, HttpContext http)
    {
        string? Of(string name) => http.Request.Query[name].FirstOrDefault();
        Change(dropbox.Files, Of);
        if (Of("fail") is { } fail)
        {
            var status = int.Parse(fail, CultureInfo.InvariantCulture);
            var (at, fault) = (Of("at") ?? "2/files", new Fault(status) { RetryAfter = Of("after"), Body = Of("body") ?? "" });
            dropbox.Intercept = call =>
                status != 0 && call.Path.StartsWith(at, StringComparison.Ordinal) ? fault : null;
        }

        if (Of("revoke") is not null)
        {
            dropbox.Grants.RevokeAll();
        }

        if (Of("reset") is not null)
        {
            dropbox.ResetCursors();
        }

        if (Of("refuse") is { } refuse)
        {
            dropbox.Refuses = refuse == "1";
        }

        var files = string.Join('\n', dropbox.Files.Snapshot().Select(file => (string?)file["path_display"]));
        await http.Response.WriteAsync(
            "put=/path&text=…  delete=/path  move=/from&to=/to  fail=503&at=2/files/list_folder&after=7&body=…  fail=0\n"
            + $"revoke=1  reset=1  refuse=1|0\n\n{files}\n",
            Encoding.UTF8);
    }

    private static void Change(DropboxFiles files, Func<string, string?> valueOf)
    {
        if (valueOf("put") is { } put)
        {
            files.Put(put, valueOf("text") ?? "");
        }

        if (valueOf("delete") is { } delete)
        {
            files.Delete(delete);
        }

        if (valueOf("move") is { } from && valueOf("to") is { } to)
        {
            files.Move(from, to);
        }
    }
}
