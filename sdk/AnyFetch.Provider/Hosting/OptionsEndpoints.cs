using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary><c>GET /init/options</c>: the setup form as a plain page that works without scripts.</summary>
internal static class OptionsEndpoints
{
    public static Task<IResult> GetFormAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        var (form, next) = call.Runtime.Provider switch
        {
            IConnectForm connector => (connector.Form, "init/consent"),
            ISetupForm setup => (setup.Form, "init/callback"),
            _ => (null, ""),
        };
        if (form is null)
        {
            return Task.FromResult(Reply.Error(404, "ResourceNotFound", "This provider has no setup form."));
        }

        call.Http.Response.Headers["Content-Security-Policy"] =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        var page = Render(form, WebAddress.Join(call.Runtime.Identity.ProviderUrl, next), call.Parameters["state"] ?? "");
        return Task.FromResult(Results.Content(page, "text/html; charset=utf-8", Encoding.UTF8));
    }

    private static string Render(SetupForm form, string action, string state)
    {
        // A secret must not end up in an address; without one the form is a plain GET, as it always was.
        var method = form.Fields.Any(field => field.Secret) ? "post" : "get";
        var fields = string.Concat(form.Fields.Select(Render));
        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Html(form.Title)}}</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem; color: #1c2430 }
            h1 { font-size: 1.4rem }
            label { display: block; margin-top: 1rem; font-weight: 600 }
            input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; border: 1px solid #8a94a3;
                border-radius: 4px }
            small { color: #566070 }
            button { margin-top: 1.5rem; padding: .6rem 1.4rem; font: inherit; border: 0; border-radius: 4px;
                background: #1f5fbf; color: #fff }
            </style>
            </head>
            <body>
            <h1>{{Html(form.Title)}}</h1>
            <form method="{{method}}" action="{{Html(action)}}">
            <input type="hidden" name="state" value="{{Html(state)}}">
            {{fields}}<button type="submit">Connect</button>
            </form>
            </body>
            </html>
            """;
    }

    private static string Render(SetupField field)
    {
        var pattern = field.Pattern is null ? "" : $" pattern=\"{Html(field.Pattern)}\"";
        var help = field.Help is null ? "" : $"<small>{Html(field.Help)}</small>\n";
        var name = Html(field.Name);
        var type = field.Secret ? "password" : Html(field.Type);
        var required = field.Required ? " required" : "";
        return $"""
            <label for="{name}">{Html(field.Label)}</label>
            <input id="{name}" name="{name}" type="{type}" maxlength="{field.LengthMax}"{pattern}{required}>
            {help}
            """;
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
