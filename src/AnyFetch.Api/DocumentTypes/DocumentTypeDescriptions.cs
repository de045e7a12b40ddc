using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.DocumentTypes;

/// <summary>What the OpenAPI document says about document types.</summary>
internal static class DocumentTypeDescriptions
{
    private const string Tag = "Document types";

    public static EndpointDescription List { get; } = new(
        "listDocumentTypes",
        Tag,
        "The document types",
        AnswerDescription.Json("The built-in types, and those of the company and the companies above it.", Schema.ListOf("ListedDocumentType")));

    public static EndpointDescription Get { get; } = new(
        "getDocumentType",
        Tag,
        "One document type",
        AnswerDescription.Json("The type.", Schema.Ref("DocumentType")));

    public static EndpointDescription Add { get; } = new(
        "createDocumentType",
        Tag,
        "Add a document type",
        AnswerDescription.Json("The new type.", Schema.Ref("DocumentType")))
    {
        Text = "The company owns it; it and those below it can use it. All keys are required, others are "
            + "refused.",
        Body = DescribedBody.Of("DocumentTypeInput"),
        Errors = [ErrorCode.MissingParameter, ErrorCode.InvalidContent, ErrorCode.InsecureOperation],
    };

    public static EndpointDescription Change { get; } = new(
        "patchDocumentType",
        Tag,
        "Change a document type",
        AnswerDescription.Json("The type after the change.", Schema.Ref("DocumentType")))
    {
        Text = "Only the company that owns it may. `name` and `es_mapping` stay as they are.",
        Body = DescribedBody.Of("DocumentTypeChange"),
        Errors = [ErrorCode.NotAuthorized, ErrorCode.InsecureOperation],
    };

    public static EndpointDescription Delete { get; } = new(
        "deleteDocumentType",
        Tag,
        "Delete a document type",
        AnswerDescription.Done("It is gone."))
    {
        Text = "Only the company that owns it may, and only while no document uses it.",
        Errors = [ErrorCode.NotAuthorized, ErrorCode.InsecureOperation],
    };
}
