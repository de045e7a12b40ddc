using AnyFetch.Api.OpenApi;
using AnyFetch.Api.Search;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>What the OpenAPI document says about documents.</summary>
internal static class DocumentDescriptions
{
    private const string Tag = "Documents";

    public static EndpointDescription Post { get; } = new(
        "createDocument",
        Tag,
        "Create or change a document",
        AnswerDescription.Json("The document as it is stored now.", Schema.Ref("RawDocument")))
    {
        Text = "An `identifier` that the token has already changes that document and keeps its id. "
            + "`modification_date` is now when absent. The file is sent afterwards. Only trusted clients "
            + "write into secure companies.",
        Body = DescribedBody.Of("DocumentInput"),
        Errors = [ErrorCode.Forbidden, ErrorCode.InsecureOperation, ErrorCode.TooManyArguments],
    };

    public static EndpointDescription Get { get; } = new(
        "getDocument",
        Tag,
        "One document, to be shown",
        AnswerDescription.Json("The full view.", Schema.Ref("FullDocument")))
    {
        Parameters = SearchQueryDescriptions.Shown,
    };

    public static EndpointDescription GetRaw { get; } = new(
        "getRawDocument",
        Tag,
        "What is stored of a document",
        AnswerDescription.Json("The document as it is stored.", Schema.Ref("RawDocument")));

    public static EndpointDescription Patch { get; } = new(
        "patchDocument",
        Tag,
        "Change a document",
        AnswerDescription.Done("Changed, and matched against the hydraters again."))
    {
        Text = "A client's token changes its own documents only (403 `Forbidden`); e-mail and password and "
            + "basic tokens change what their user sees. Only trusted clients write into secure companies. A new "
            + "`identifier`, from the provider that made the document, moves it there: its id and its file stay.",
        Body = DescribedBody.Of("DocumentChange"),
        Errors = [ErrorCode.Forbidden, ErrorCode.InsecureOperation, ErrorCode.TooManyArguments],
    };

    public static EndpointDescription Delete { get; } = new(
        "deleteDocument",
        Tag,
        "Delete a document",
        AnswerDescription.Done("It is gone, with its file."))
    {
        Text = "Allowed in secure companies, too.",
        Errors = [ErrorCode.Forbidden],
    };

    public static EndpointDescription GetFile { get; } = new(
        "getFile",
        Tag,
        "The file of a document",
        new AnswerDescription(200, "The file. `Range` and `If-None-Match` are understood.")
        {
            MediaType = "application/octet-stream",
        })
    {
        Text = "404 when none is held: a file is discarded when hydration ends, unless the document keeps it.",
        OtherAnswers = [new AnswerDescription(206, "The part that `Range` asked for.") { MediaType = "application/octet-stream" },
            new AnswerDescription(304, "`If-None-Match` names the file that is held."),
            new AnswerDescription(416, "`Range` is outside the file.")],
    };

    public static EndpointDescription PostFile { get; } = new(
        "uploadFile",
        Tag,
        "Upload the file of a document",
        AnswerDescription.Done("Stored; hydration has started."))
    {
        Text = "Takes the place of any file before it. A body without a part named `file` is 409 "
            + "`MissingParameter`.",
        Body = DescribedBody.Of("FileUpload") with { MediaTypes = ["multipart/form-data"] },
        Errors = [ErrorCode.Forbidden, ErrorCode.InsecureOperation, ErrorCode.MissingParameter],
    };
}
