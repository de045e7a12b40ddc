using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Bench;

/// <summary>Sends files as an application does: a document, then its file.</summary>
internal static class Uploads
{
    private const int AtOnce = 4;

    public static async Task SendAsync(HttpClient http, string file, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        var document = new JsonObject { ["identifier"] = name, ["metadata"] = new JsonObject { ["path"] = "/" + name } };
        using var posted = await http.PostAsJsonAsync(new Uri("documents", UriKind.Relative), document, cancellationToken);
        posted.EnsureSuccessStatusCode();
        using var form = new MultipartFormDataContent { { new StreamContent(File.OpenRead(file)), "file", name } };
        using var sent = await http.PostAsync(new Uri($"documents/identifier/{name}/file", UriKind.Relative), form, cancellationToken);
        sent.EnsureSuccessStatusCode();
    }

    /// <summary>Sends some at the same time.</summary>
    public static Task SendAsync(HttpClient http, IEnumerable<string> files, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        files,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (file, stop) => await SendAsync(http, file, stop));
}
