using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AnyFetch.Api.Documents;

/// <summary>Reads which document a path means: <c>/documents/{id}</c> or <c>/documents/identifier/{identifier}</c>.</summary>
internal static class DocumentSelector
{
    public const string Id = "id";
    public const string Identifier = "identifier";

    /// <summary>
    /// The document's key. Null without an error for an identifier that comes with e-mail and password, which own no
    /// document: nothing is found under it.
    /// </summary>
    public static BodyResult<DocumentKey?> Read(ApiCall call)
    {
        var company = call.Caller.Company.Id;
        if (call.Http.Request.RouteValues.ContainsKey(Identifier))
        {
            if (!Core.Documents.Identifier.TryParse(ReadIdentifier(call.Http), out var identifier))
            {
                return Failed(Error.InvalidArgument("The identifier is empty, too long or not text."));
            }

            return call.Caller.Token is { } token
                ? new BodyResult<DocumentKey?>(DocumentKey.ByIdentifier(company, token.Id, identifier), null)
                : new BodyResult<DocumentKey?>(null, null);
        }

        if (!DocumentId.TryParse(call.PathValue(Id), out var id))
        {
            return Failed(Error.InvalidArgument("The id must be 24 hexadecimal digits."));
        }

        return call.Query(Identifier) is null
            ? new BodyResult<DocumentKey?>(DocumentKey.ById(company, id), null)
            : Failed(new Error(ErrorCode.TooManyArguments, "Give 'id' or 'identifier', not both."));
    }

    /// <summary>
    /// The identifier as it was sent. Kestrel decodes a path but for <c>%2F</c>, after which <c>%2F</c> and
    /// <c>%252F</c> look the same; so it is taken from the request line.
    /// </summary>
    private static string ReadIdentifier(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var segments = (end < 0 ? target : target[..end]).Split('/');
        for (var i = 0; i + 2 < segments.Length; i++)
        {
            if (segments[i].Equals("documents", StringComparison.OrdinalIgnoreCase)
                && segments[i + 1].Equals(Identifier, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(segments[i + 2]);
            }
        }

        return Uri.UnescapeDataString(http.Request.RouteValues[Identifier] as string ?? "");
    }

    private static BodyResult<DocumentKey?> Failed(Error error) => new(null, error);
}
