using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AnyFetch.Certification;

/// <summary>
/// What a browser does between the manager and back: it keeps cookies, follows redirects to the source and its consent, fills
/// the provider's set-up form, and stops where it is sent back to the platform.
/// </summary>
internal sealed class ConsentWalk(CertificationOptions options, Uri platform) : IDisposable
{
    private const int HopsMax = 20;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
    })
    {
        Timeout = TimeSpan.FromSeconds(options.StepSecondsMax),
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Connects an account. Returns where the browser ends, with the result in its query.</summary>
    public async Task<Uri> ConnectAsync(string query, CancellationToken cancellationToken)
    {
        var at = new Uri(options.ProviderUrl, "init/connect?" + query);
        var request = new HttpRequestMessage(HttpMethod.Get, at);
        for (var hop = 0; hop < HopsMax; hop++)
        {
            using var sent = request;
            using var reply = await _http.SendAsync(sent, cancellationToken);
            if (reply.Headers.Location is { } location)
            {
                at = new Uri(at, location);
                if (at.Authority == platform.Authority)
                {
                    return at;
                }

                request = new HttpRequestMessage(HttpMethod.Get, at);
                continue;
            }

            request = await FillAsync(at, reply, cancellationToken);
            at = request.RequestUri!;
        }

        throw new CheckFailedException($"The connection does not end: after {HopsMax} steps it is at {at.GetLeftPart(UriPartial.Path)}.");
    }

    private async Task<HttpRequestMessage> FillAsync(Uri at, HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var where = at.GetLeftPart(UriPartial.Path);
        Expect.True(reply.IsSuccessStatusCode, $"{where} answered {(int)reply.StatusCode} to the browser.");
        var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync(cancellationToken));
        if (page.QuerySelector("form") is not IHtmlFormElement form)
        {
            throw new CheckSkippedException($"{where} waits for a person. Point the provider at an emulator that consents.");
        }

        var values = form.QuerySelectorAll("input[name]").Cast<IHtmlInputElement>()
            .ToDictionary(input => input.Name!, input => options.Fields.GetValueOrDefault(input.Name!) ?? input.Value);
        var empty = form.QuerySelectorAll("input[required]").Cast<IHtmlInputElement>()
            .Where(input => values[input.Name!].Length == 0).Select(input => input.Name!).ToList();
        if (empty.Count > 0)
        {
            throw new CheckSkippedException($"{where} asks for {string.Join(", ", empty)}: give --field {empty[0]}=VALUE.");
        }

        var target = new Uri(at, form.GetAttribute("action") ?? "");
        using var content = new FormUrlEncodedContent(values);
        return string.Equals(form.Method, "post", StringComparison.OrdinalIgnoreCase)
            ? new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(values) }
            : new HttpRequestMessage(
                HttpMethod.Get,
                new UriBuilder(target) { Query = await content.ReadAsStringAsync(cancellationToken) }.Uri);
    }
}
