using System.Net;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Http;

/// <summary>Brings a task's <c>file_path</c> into its temp folder (hydration.md §5, step "download").</summary>
internal sealed class FileDownloader(GuardedHttp http, HydraterHostOptions options, TimeProvider time)
{
    internal async Task<FetchedFile> FetchAsync(string? address, TempFolder temp, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return FetchedFile.None;
        }

        try
        {
            using var response = await GetAsync(address, cancellationToken).ConfigureAwait(false);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await SaveAsync(response, temp, cancellationToken).ConfigureAwait(false),
                HttpStatusCode.Gone => FetchedFile.Gone,
                var status => throw new FileFetchException(
                    $"Error downloading file, got status {(int)status}", isTransient: (int)status >= 500),
            };
        }
        catch (HttpRequestException error)
        {
            var isRefused = error.InnerException is AddressRefusedException;
            throw new FileFetchException(
                $"Error downloading file: {(isRefused ? error.InnerException!.Message : error.HttpRequestError.ToString())}",
                isTransient: !isRefused);
        }
        catch (IOException)
        {
            throw new FileFetchException("Error downloading file: the connection broke.", isTransient: true);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            throw new FileFetchException("Error downloading file: {file_path} is not a URL.", isTransient: false);
        }

        for (var redirects = 0; ; redirects++)
        {
            if (http.Refusal(url) is { } refusal)
            {
                throw new FileFetchException($"Error downloading file: {refusal}", isTransient: false);
            }

            var response = await SendAsync(url, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is null)
            {
                return response;
            }

            url = new Uri(url, response.Headers.Location);
            response.Dispose();
            if (redirects >= options.RedirectsMax)
            {
                throw new FileFetchException(
                    $"Error downloading file: more than {options.RedirectsMax} redirects.", isTransient: false);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.AnswerTimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        try
        {
            return await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FileFetchException("Error downloading file: no answer in time.", isTransient: true);
        }
    }

    private async Task<FetchedFile> SaveAsync(
        HttpResponseMessage response, TempFolder temp, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > options.Run.FileBytesMax)
        {
            throw new FileFetchException(
                $"The file is larger than {options.Run.FileBytesMax:N0} bytes.", isTransient: false);
        }

        var path = temp.NewFilePath();
        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            await FileCopy.ToNewFileAsync(content, path, options.Run.FileBytesMax, cancellationToken).ConfigureAwait(false);
        }

        return new FetchedFile(path, false);
    }
}
