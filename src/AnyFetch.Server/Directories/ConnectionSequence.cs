using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Server.Directories;

/// <summary>The connection sequence as a browser goes through it.</summary>
internal sealed partial class ConnectionSequence(HttpClient http, Uri provider)
{
    /// <exception cref="InvalidOperationException">The provider refused; the message says why.</exception>
    public async Task RunAsync(string code, string directory, CancellationToken cancellationToken)
    {
        var form = await BeginAsync(code, cancellationToken).ConfigureAwait(false);
        var page = await http.GetStringAsync(form, cancellationToken).ConfigureAwait(false);
        var action = WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value);
        var state = WebUtility.HtmlDecode(State().Match(page).Groups[1].Value);
        if (action.Length == 0 || state.Length == 0)
        {
            throw new InvalidOperationException("The provider's setup form cannot be understood.");
        }

        var answer = QueryHelpers.AddQueryString(
            action, new Dictionary<string, string?> { ["state"] = state, ["path"] = directory });
        using var response = await http.GetAsync(new Uri(form, answer), cancellationToken).ConfigureAwait(false);
        var result = QueryHelpers.ParseQuery(response.Headers.Location?.Query);
        if (result["state"] != "success")
        {
            throw new InvalidOperationException(
                $"{directory} cannot be connected: {result["message"].FirstOrDefault() ?? "the provider did not say why."}");
        }
    }

    /// <summary>The address of the setup form.</summary>
    private async Task<Uri> BeginAsync(string code, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(
            new Uri(provider, $"init/connect?code={code}"), cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location is { } location
            ? new Uri(provider, location)
            : throw new InvalidOperationException($"The local directory provider answered {(int)response.StatusCode}.");
    }

    [GeneratedRegex("""<form [^>]*action="([^"]*)"[^>]*>""")]
    private static partial Regex Action();

    [GeneratedRegex("""name="state" value="([^"]*)">""")]
    private static partial Regex State();
}
