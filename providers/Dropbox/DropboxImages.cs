using System.Globalization;
using AnyFetch.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Providers.Dropbox;

/// <summary>
/// <c>GET /image?ref=…</c>: thumbnails, fetched when they are looked at. The reference is sealed, so that it names an account
/// and a file without giving anything away, and cannot be made up.
/// </summary>
internal sealed class DropboxImages(DropboxProviderOptions options, DropboxClient client)
{
    public const string Small = "m";
    public const string Large = "xl";

    private const string Purpose = "dropbox-image";

    public string AddressOf(FetchContext context, DropboxItem file, string size)
    {
        var format = file.Path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? "png" : "jpeg";
        var text = string.Create(CultureInfo.InvariantCulture, $"{context.Account.Id} {format} {file.Id}");
        var reference = SealedText.Seal(options.AppSecret, Purpose, text);
        return $"{context.ProviderUrl.TrimEnd('/')}/image?ref={reference}&size={size}";
    }

    public void Map(RouteGroupBuilder routes, SourceAccounts accounts) =>
        routes.MapGet("/image", (Delegate)((HttpContext http) => ShowAsync(http, accounts)));

    private async Task<IResult> ShowAsync(HttpContext http, SourceAccounts accounts)
    {
        var query = http.Request.Query;
        if (query["ref"].ToString() is not { Length: > 0 } reference)
        {
            return Refuse("MissingParameter", "Missing parameter: ref.");
        }

        var size = query["size"].ToString() is { Length: > 0 } asked ? asked : Small;
        if (size is not (Small or Large))
        {
            return Refuse("InvalidArgument", "size must be m or xl.");
        }

        if (!SealedText.TryOpen(options.AppSecret, Purpose, reference, out var text)
            || text.Split(' ', 3) is not [var id, var format, var file])
        {
            return Refuse("InvalidArgument", "ref is none of this provider's.");
        }

        return await ShowAsync(http, accounts, long.Parse(id, CultureInfo.InvariantCulture), format, file, size);
    }

    private async Task<IResult> ShowAsync(
        HttpContext http, SourceAccounts accounts, long id, string format, string file, string size)
    {
        try
        {
            var pixels = size == Large ? "w1024h768" : "w256h256";
            if (await accounts.FindAsync(id, http.RequestAborted) is not { } account
                || await client.OpenThumbnailAsync(account, file, format, pixels, http.RequestAborted) is not { } image)
            {
                return Error(StatusCodes.Status404NotFound, "ResourceNotFound", "There is no such picture any more.");
            }

            http.Response.Headers.CacheControl = "private, max-age=86400";
            return Results.Stream(image, "image/" + format);
        }
        catch (Exception failure) when (failure is SourceException or TokenException or HttpRequestException
            or TimeoutException)
        {
            return Error(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "Dropbox gives no picture now.");
        }
    }

    private static IResult Refuse(string code, string message) => Error(StatusCodes.Status409Conflict, code, message);

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new DropboxImageError(code, message), DropboxJson.Default.DropboxImageError, statusCode: status);
}
