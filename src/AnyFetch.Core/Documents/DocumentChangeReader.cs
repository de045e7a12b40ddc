using System.Text.Json;
using System.Text.Unicode;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Documents;

/// <summary>
/// Reads the JSON body that says something about a document: of <c>POST</c> and <c>PATCH /documents</c>, of the legacy
/// documents API and of a hydrater's answer. One walk over the bytes, no tree.
/// </summary>
/// <remarks>
/// A null is the same as an absent key, but for <c>user_access</c> and <c>source</c> (where it means something) and
/// for <c>actions</c> and <c>related</c> (which it empties). Of two equal keys the last one wins.
/// </remarks>
public static class DocumentChangeReader
{
    /// <summary>Most entries of <c>related</c>, and most of <c>user_access</c>.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>Most names that <see cref="DocumentBody.UnknownKeys"/> holds.</summary>
    public const int UnknownKeysMax = 8;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = JsonFields.DepthMax };

    /// <summary>Reads a body.</summary>
    /// <param name="body">UTF-8 JSON text. Empty text is an empty object. Not kept.</param>
    /// <param name="form">Which names it may use.</param>
    /// <param name="types">
    /// The types that <c>document_type</c> may name. Whether the company may use the named one is for the caller to see.
    /// </param>
    /// <returns>
    /// The body; <c>BadRequest</c> when it is not UTF-8, not JSON or nested too deeply; <c>InvalidArgument</c> for a
    /// wrong value.
    /// </returns>
    public static DocumentBodyResult Read(
        ReadOnlySpan<byte> body,
        DocumentBodyForm form,
        DocumentTypes.DocumentTypes types)
    {
        if (!Utf8.IsValid(body))
        {
            return Failed(ErrorCode.BadRequest, "The body is not valid UTF-8.");
        }

        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (body.IsEmpty)
        {
            return new DocumentBodyResult(new DocumentBody { Change = new DocumentChange() }, null);
        }

        try
        {
            var walk = new DocumentBodyWalk(body, new Utf8JsonReader(body, s_options), form, types);
            return walk.Run();
        }
        catch (JsonException e)
        {
            return Failed(ErrorCode.BadRequest, $"The body is not valid JSON: {e.Message}");
        }
    }

    private static DocumentBodyResult Failed(ErrorCode code, string message) => new(null, new Error(code, message));
}
