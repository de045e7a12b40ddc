using System.Text;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnyFetch.Manager.Markup;

/// <summary>The one layout of all pages.</summary>
internal static class Page
{
    /// <summary>A page with the menu, for somebody who is signed in.</summary>
    public static ContentHttpResult Full(User user, string title, Html body, int status = 200) => Write(title, Html.Of($"""
        <header class="top pages">
          <a class="brand" href="/app"><img src="/app/icon.svg" alt="" width="28" height="28"><span>AnyFetch</span></a>
          <nav class="pages-menu" aria-label="Pages">
            <a href="/app">Search</a>
            <a href="/manager">Sources</a>
            <a href="/developers">Applications</a>
            <a href="/manager/tokens">Tokens</a>
            {Html.When(user.IsAdmin, () => Html.Of(
                $"""
                <a href="/manager/people">People</a>
                <a href="/manager/hydration">Hydration</a>
                <a href="/manager/index">Index</a>
                """))}
          </nav>
          <p class="who">{user.Email} <a href="/sign_out">Sign out</a></p>
        </header>
        <main class="page"><h1>{title}</h1>{body}</main>
        """), status);

    /// <summary>A page that says or asks one thing.</summary>
    public static ContentHttpResult Card(string title, Html body, int status = 200) => Write(title, Html.Of($"""
        <main class="sign-in"><div class="card">
          <a href="/app" class="logo-link"><img src="/app/icon.svg" alt="AnyFetch" width="48" height="48"></a>
          <h1>{title}</h1>
          {body}
        </div></main>
        """), status);

    private static ContentHttpResult Write(string title, Html body, int status) => TypedResults.Text(
        Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>{title} – AnyFetch</title>
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <link rel="icon" href="/app/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/app/css/base.css">
              <link rel="stylesheet" href="/app/css/layout.css">
              <link rel="stylesheet" href="/app/css/pages.css">
            </head>
            <body>{body}</body>
            </html>
            """).ToString(),
        "text/html",
        Encoding.UTF8,
        status);
}
