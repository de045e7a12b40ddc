using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>What the OpenAPI document says about the older documents API.</summary>
internal static class LegacyDocumentDescriptions
{
    private const string Tag = "Provider documents";

    public static EndpointDescription Post { get; } = new(
        "createProviderDocument",
        Tag,
        "Create or change a document",
        AnswerDescription.Json("The document as it is stored now.", Schema.Ref("LegacyDocument")))
    {
        Text = "An `identifier` that the token has already changes that document. May carry the file. A "
            + "`source` of null keeps the file after hydration.",
        Body = DescribedBody.Of("LegacyDocumentInput"),
        Errors = [ErrorCode.MissingParameter, ErrorCode.InsecureOperation],
    };

    public static EndpointDescription Patch { get; } = new(
        "patchProviderDocument",
        Tag,
        "Change a document",
        AnswerDescription.Done("Changed."))
    {
        Text = "The first level of `metadatas` is merged: null erases a key. `update_date` is now when "
            + "absent.",
        Body = DescribedBody.Of("LegacyDocumentInput"),
        Errors = [ErrorCode.MissingParameter, ErrorCode.ResourceNotFound, ErrorCode.InsecureOperation],
    };

    public static EndpointDescription Delete { get; } = new(
        "deleteProviderDocument",
        Tag,
        "Delete a document",
        AnswerDescription.Done("It is gone, with its file."))
    {
        Text = "The identifier travels in the body or in the query string.",
        Parameters = [new("identifier", Schema.Text, "The provider's own name, when there is no body.", "mail:42")],
        Body = DescribedBody.Of("LegacyIdentifier") with { IsRequired = false },
        Errors = [ErrorCode.MissingParameter, ErrorCode.ResourceNotFound],
    };
}
