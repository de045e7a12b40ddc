using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using TypeSet = AnyFetch.Core.DocumentTypes.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Files;
using Microsoft.AspNetCore.Http.Features;

namespace AnyFetch.Api.Documents;

/// <summary>What a body says about a document, and the file that came with it.</summary>
internal readonly record struct DocumentUpload(DocumentBody Body, StoredFile? File);

/// <summary>Reads the bodies of the document routes, whichever way they are encoded.</summary>
internal sealed class DocumentBodies(MultipartBodyReader multipart, DocumentTypeCatalog catalog)
{
    /// <param name="call">The call whose body is read.</param>
    /// <param name="form">The names that the body may use.</param>
    /// <param name="takesFile">Whether a part named <c>file</c> is stored.</param>
    public async ValueTask<BodyResult<DocumentUpload>> ReadAsync(ApiCall call, DocumentBodyForm form, bool takesFile)
    {
        var types = await catalog.GetAsync(call.Aborted).ConfigureAwait(false);
        switch (BodyKinds.Of(call.Http.Request))
        {
            case BodyKind.Form:
                return await ReadFormAsync(call, form, types).ConfigureAwait(false);
            case BodyKind.Multipart:
                var company = takesFile ? call.Caller.Company.Id : default(Core.Companies.CompanyId?);
                var parts = await multipart.ReadAsync(call, company).ConfigureAwait(false);
                return parts.Value is { } body
                    ? Finish(DocumentChangeReader.Read(FormJson.Write(body.Fields).Span, form, types), body.File)
                    : Failed(parts.Error!);
            default:
                return HasNoBody(call) && call.Http.Request.QueryString.HasValue
                    ? ReadQuery(call, form, types)
                    : await ReadJsonAsync(call, form, types).ConfigureAwait(false);
        }
    }

    private static async ValueTask<BodyResult<DocumentUpload>> ReadJsonAsync(
        ApiCall call,
        DocumentBodyForm form,
        TypeSet types)
    {
        var read = await BodyReader
            .ReadAsync(
                call.Http.Request,
                call.Options.DocumentBytesMax,
                (form, types),
                static (body, state) => DocumentChangeReader.Read(body, state.form, state.types))
            .ConfigureAwait(false);
        return read.Error is { } error ? Failed(error) : Finish(read.Value, null);
    }

    private static async ValueTask<BodyResult<DocumentUpload>> ReadFormAsync(
        ApiCall call,
        DocumentBodyForm form,
        TypeSet types)
    {
        var read = await BodyReader
            .ReadAsync(call.Http.Request, call.Options.DocumentBytesMax, call.Options, FormFields.Parse)
            .ConfigureAwait(false);
        return (read.Error ?? read.Value.Error) is { } error
            ? Failed(error)
            : Finish(DocumentChangeReader.Read(FormJson.Write(read.Value.Value!).Span, form, types), null);
    }

    private static BodyResult<DocumentUpload> ReadQuery(ApiCall call, DocumentBodyForm form, TypeSet types)
    {
        var fields = new FormFields();
        foreach (var (name, values) in call.Http.Request.Query)
        {
            foreach (var value in values)
            {
                fields.Add(name, value ?? "");
            }
        }

        return Finish(DocumentChangeReader.Read(FormJson.Write(fields).Span, form, types), null);
    }

    private static bool HasNoBody(ApiCall call) =>
        call.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    private static BodyResult<DocumentUpload> Finish(DocumentBodyResult read, StoredFile? file) =>
        read.Body is { } body
            ? new BodyResult<DocumentUpload>(new DocumentUpload(body, file), null)
            : Failed(read.Error!);

    private static BodyResult<DocumentUpload> Failed(Error error) => new(default, error);
}
