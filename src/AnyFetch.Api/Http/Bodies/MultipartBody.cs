using System.Text;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AnyFetch.Api.Http.Bodies;

/// <summary>A multipart body after it was read to its end: the texts, and the part named <c>file</c> as stored.</summary>
internal sealed record MultipartBody(FormFields Fields, StoredFile? File);

/// <summary>
/// Reads multipart bodies part by part. The file goes from the connection to the file store as it arrives and is never
/// in memory whole. Nothing refers to it before the whole body was read, so a truncated upload changes nothing.
/// </summary>
internal sealed class MultipartBodyReader(IFileStore files)
{
    /// <summary>The name of the part that carries the file.</summary>
    public const string FilePart = "file";

    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads the body. <paramref name="company"/> is null where no file is taken.</summary>
    public async ValueTask<BodyResult<MultipartBody>> ReadAsync(ApiCall call, CompanyId? company)
    {
        var request = call.Http.Request;
        if (BodyKinds.Boundary(request) is not { } boundary)
        {
            return Failed(new Error(ErrorCode.BadRequest, "The multipart body names no boundary."));
        }

        AllowLongBody(call, company is not null);
        try
        {
            var reader = new MultipartReader(boundary, request.Body, BufferBytes)
            {
                HeadersCountLimit = 16,
                HeadersLengthLimit = 16 * 1024,
            };
            return await ReadPartsAsync(reader, call, company).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return Failed(new Error(ErrorCode.BadRequest, $"The multipart body is malformed: {e.Message}"));
        }
        catch (IOException e) when (e is not BadHttpRequestException && !call.Aborted.IsCancellationRequested)
        {
            return Failed(new Error(ErrorCode.BadRequest, "The multipart body ends before its last boundary."));
        }
    }

    private async ValueTask<BodyResult<MultipartBody>> ReadPartsAsync(
        MultipartReader reader,
        ApiCall call,
        CompanyId? company)
    {
        var fields = new FormFields();
        StoredFile? file = null;
        var bytesLeft = call.Options.DocumentBytesMax;
        while (await reader.ReadNextSectionAsync(call.Aborted).ConfigureAwait(false) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name)
            {
                continue;
            }

            if (name == FilePart && company is { } owner)
            {
                var stored = await files.WriteAsync(owner, section.Body, call.Options.FileBytesMax, call.Aborted)
                    .ConfigureAwait(false);
                if (stored.Status != FileWriteStatus.Stored)
                {
                    return Failed(FromStatus(stored.Status, call.Options));
                }

                file = stored.File;
                continue;
            }

            if (fields.Count == call.Options.FormFieldsMax)
            {
                return Failed(Error.InvalidArgument($"The form has more than {call.Options.FormFieldsMax} parts."));
            }

            var (text, error) = await ReadTextAsync(section.Body, bytesLeft, call).ConfigureAwait(false);
            if (text is null)
            {
                return Failed(error!);
            }

            bytesLeft -= text.Length;
            fields.Add(name, text);
        }

        return new BodyResult<MultipartBody>(new MultipartBody(fields, file), null);
    }

    private static async ValueTask<BodyResult<string>> ReadTextAsync(Stream body, int bytesMax, ApiCall call)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[4096];
        while (await body.ReadAsync(chunk, call.Aborted).ConfigureAwait(false) is > 0 and var count)
        {
            if (buffer.Length + count > bytesMax)
            {
                return new BodyResult<string>(null, BodyReader.TooLarge(call.Options.DocumentBytesMax));
            }

            buffer.Write(chunk, 0, count);
        }

        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? new BodyResult<string>(Encoding.UTF8.GetString(bytes), null)
            : new BodyResult<string>(null, new Error(ErrorCode.BadRequest, "A part is not valid UTF-8."));
    }

    /// <summary>The store counts the file's bytes; Kestrel's own limit only stops endless bodies.</summary>
    private static void AllowLongBody(ApiCall call, bool takesFile)
    {
        var feature = call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (feature is { IsReadOnly: false })
        {
            var rest = 2L * call.Options.DocumentBytesMax;
            var file = takesFile ? call.Options.FileBytesMax : 0;
            feature.MaxRequestBodySize = file > long.MaxValue - rest ? long.MaxValue : file + rest;
        }
    }

    private static Error FromStatus(FileWriteStatus status, ApiOptions options) => status == FileWriteStatus.TooLarge
        ? new Error(ErrorCode.RequestEntityTooLarge, $"The file is longer than {options.FileBytesMax} bytes.")
        : new Error(ErrorCode.InsufficientStorage, "There is no room left for the file.");

    private static BodyResult<MultipartBody> Failed(Error error) => new(null, error);
}
